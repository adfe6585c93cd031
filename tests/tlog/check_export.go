// check_export FOLDER KEY: verifies an exported log with the packages of Go's checksum database, which share nothing with
// this project: the signature, then the tree of all entries against the signed root, then every tile against the tree.
//
// tlog.TileHashReader would be shorter.  In golang-golang-x-mod-dev 0.7.0 it does not authenticate some of the tiles it
// reads (its loop over children begins at len(stx), also when several of those share a tile), so a changed tile passed.
package main

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// Go writes the height of the tiles into their paths, C2SP does not.
func path(tile tlog.Tile) string {
	return strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/", height), "tile/", 1)
}

type stored []tlog.Hash

func (s *stored) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var out []tlog.Hash
	for _, i := range indexes {
		out = append(out, (*s)[i])
	}
	return out, nil
}

// The entries of the bundle under a tile of level 0, added to the tree.
func addBundle(folder string, tile tlog.Tile, hashes *stored) {
	name := strings.Replace(path(tile), "tile/0/", "tile/entries/", 1)
	bundle, err := os.ReadFile(filepath.Join(folder, name))
	fail(err)
	for i := 0; i < tile.W; i++ {
		length := 0
		if len(bundle) >= 2 {
			length = int(bundle[0])<<8 + int(bundle[1])
		}
		if len(bundle) < 2+length {
			fail(fmt.Errorf("%s is too short", name))
		}
		more, err := tlog.StoredHashes(tile.N<<height+int64(i), bundle[2:2+length], hashes)
		fail(err)
		*hashes = append(*hashes, more...)
		bundle = bundle[2+length:]
	}
	if len(bundle) != 0 {
		fail(fmt.Errorf("%s is too long", name))
	}
}

func main() {
	folder := os.Args[1]
	verifier, err := note.NewVerifier(os.Args[2])
	fail(err)
	data, err := os.ReadFile(filepath.Join(folder, "checkpoint"))
	fail(err)
	checkpoint, err := note.Open(data, note.VerifierList(verifier))
	fail(err)
	lines := strings.Split(checkpoint.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	fail(err)
	root, err := base64.StdEncoding.DecodeString(lines[2])
	fail(err)

	hashes := new(stored)
	var tiles []tlog.Tile
	for _, tile := range tlog.NewTiles(height, 0, size) {
		// Go lists every width that a partial tile has had; the last is that of this tree.
		if last := len(tiles) - 1; last >= 0 && tiles[last].L == tile.L && tiles[last].N == tile.N {
			tiles = tiles[:last]
		}
		tiles = append(tiles, tile)
	}
	for _, tile := range tiles {
		if tile.L == 0 {
			addBundle(folder, tile, hashes)
		}
	}
	tree, err := tlog.TreeHash(size, hashes)
	fail(err)
	if !bytes.Equal(tree[:], root) {
		fail(fmt.Errorf("the root is not that of the entries"))
	}
	for _, tile := range tiles {
		want, err := tlog.ReadTileData(tile, hashes)
		fail(err)
		have, err := os.ReadFile(filepath.Join(folder, path(tile)))
		fail(err)
		if !bytes.Equal(have, want) {
			fail(fmt.Errorf("%s is wrong", path(tile)))
		}
	}
	fmt.Printf("%d entries, %d tiles, %s\n", size, len(tiles), lines[2])
}
