// witness NAME LOGKEY [MODE]: a small witness (C2SP tlog-witness) over HTTP on a port of its own, for tests.  It shares nothing
// with this project: notes and proofs are those of Go's checksum database.  Prints "URL KEY", then serves until its standard
// input ends.  MODE "forger" signs with another key, "silent" answers 500, "forgetful" has seen nothing at every request and
// says that it has seen a million entries.
package main

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

var (
	name, mode string
	log        note.Verifier
	secret     ed25519.PrivateKey
	public     []byte // behind the byte of its kind
	mutex      sync.Mutex
	seen       tlog.Tree
)

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func keyID() uint32 {
	sum := sha256.Sum256(append([]byte(name+"\n"), public...))
	return binary.BigEndian.Uint32(sum[:])
}

func cosign(text string, now int64) string {
	message := fmt.Sprintf("cosignature/v1\ntime %d\n%s", now, text)
	signature := binary.BigEndian.AppendUint32(nil, keyID())
	signature = binary.BigEndian.AppendUint64(signature, uint64(now))
	signature = append(signature, ed25519.Sign(secret, []byte(message))...)
	return fmt.Sprintf("\u2014 %s %s\n", name, base64.StdEncoding.EncodeToString(signature))
}

func tree(text string) (tlog.Tree, error) {
	lines := strings.Split(text, "\n")
	if len(lines) < 4 {
		return tlog.Tree{}, fmt.Errorf("too few lines")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	hash, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: hash}, err
}

func add(writer http.ResponseWriter, request *http.Request) {
	mutex.Lock()
	defer mutex.Unlock()
	body, err := io.ReadAll(request.Body)
	must(err)
	head, checkpoint, found := strings.Cut(string(body), "\n\n")
	lines := strings.Split(head, "\n")
	old, err := strconv.ParseInt(strings.TrimPrefix(lines[0], "old "), 10, 64)
	if mode == "silent" {
		http.Error(writer, "out of order", 500)
		return
	}
	if request.Method != "POST" || request.URL.Path != "/add-checkpoint" || !found || err != nil {
		http.Error(writer, "malformed", 400)
		return
	}
	opened, err := note.Open([]byte(checkpoint), note.VerifierList(log))
	if err != nil {
		http.Error(writer, "not signed by the log", 403)
		return
	}
	next, err := tree(opened.Text)
	if err != nil || old > next.N {
		http.Error(writer, "malformed", 400)
		return
	}
	if mode == "forgetful" {
		seen.N = 1000000
	}
	if old != seen.N {
		writer.Header().Set("Content-Type", "text/x.tlog.size")
		writer.WriteHeader(409)
		fmt.Fprintf(writer, "%d\n", seen.N)
		return
	}
	var proof tlog.TreeProof
	for _, line := range lines[1:] {
		hash, err := tlog.ParseHash(line)
		must(err)
		proof = append(proof, hash)
	}
	if seen.N == next.N {
		err = nil
		if seen.N > 0 && (seen.Hash != next.Hash || len(proof) > 0) {
			err = fmt.Errorf("another root")
		}
	} else if seen.N > 0 {
		err = tlog.CheckTree(proof, next.N, next.Hash, seen.N, seen.Hash)
	}
	if err != nil {
		http.Error(writer, "not a continuation of what was seen", 422)
		return
	}
	if mode != "forger" {
		seen = next
	}
	io.WriteString(writer, cosign(opened.Text, time.Now().Unix()))
}

func main() {
	name = os.Args[1]
	var err error
	log, err = note.NewVerifier(os.Args[2])
	must(err)
	if len(os.Args) > 3 {
		mode = os.Args[3]
	}
	key, made, err := ed25519.GenerateKey(rand.Reader)
	must(err)
	secret = made
	public = append([]byte{4}, key...)
	if mode == "forger" {
		_, secret, err = ed25519.GenerateKey(rand.Reader)
		must(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	fmt.Printf("http://%s %s+%08x+%s\n", listener.Addr(), name, keyID(), base64.StdEncoding.EncodeToString(public))
	go http.Serve(listener, http.HandlerFunc(add))
	io.Copy(io.Discard, os.Stdin)
}
