// DuckDB on the CSV that bench_audit wrote: loads it, counts the eight rules of rules.sql, prints
// "key<TAB>value" lines.  Usage: node duckdb.mjs LOG.csv RULES.sql THREADS RUNS
// Run from a folder with node_modules (bench/run installs it into the build folder).
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(join(process.cwd(), "here.js"));
const { DuckDBInstance, version } = await import(pathToFileURL(require.resolve("@duckdb/node-api")).href);
const [csv, rules, threads, runs] = process.argv.slice(2);
const statements = readFileSync(rules, "utf8").replace(/--.*$/gm, "").split(";").map((s) => s.trim()).filter(Boolean);

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

async function measured(run) {
  const wall = performance.now();
  const before = process.cpuUsage();
  const result = await run();
  const used = process.cpuUsage(before);
  return { result, wall: (performance.now() - wall) / 1e3, processor: (used.user + used.system) / 1e6 };
}

const instance = await DuckDBInstance.create(":memory:", { threads });
const connection = await instance.connect();
const load = [];
const check = [];
let counts;
for (let run = 0; run < Number(runs); ++run) {
  await connection.run("drop table if exists log");
  load.push(await measured(() => connection.run(
    `create table log as select * from read_csv('${csv}', header = true,
       columns = {'matter': 'INTEGER', 'act': 'UTINYINT', 'day': 'INTEGER', 'amount': 'BIGINT'})`)));
  check.push(await measured(async () => {
    const numbers = [];
    for (const statement of statements) {
      const reader = await connection.runAndReadAll(statement);
      numbers.push(Number(reader.getRows()[0][0]));
    }
    return numbers;
  }));
  counts = check.at(-1).result;
}
const row = (key, value) => console.log(`${key}\t${value}`);
row("version", version());
row("counts", counts.join(" "));
for (const [key, times] of [["load", load], ["check", check]]) {
  row(`${key}.wall`, median(times.map((t) => t.wall)));
  row(`${key}.processor`, median(times.map((t) => t.processor)));
}
