import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findPlatform } from '@clientele/cli/home'
import { readEvents, until } from '@clientele/testkit'
import { connect } from '@nats-io/transport-node'
import pg from 'pg'
import { clientele, startPlatformProcess, type Victim } from './processes.js'

const killsEach = Number(process.env.CLIENTELE_KILLS ?? 10)
const rowsPerFile = 400

const MAP = `
system: ledger
rows:
  externalId: { column: key }
  kind: { constant: PERSON }
  displayName: { column: title }
`

/** What the client knows: per key, how often its row was new or changed, which is the version it must have. */
const ledger = new Map<string, number>()
const titles = new Map<string, string>()

// Every file changes a third of the known rows, repeats the others, and brings new ones.
const nextFile = (round: number) => {
  const lines = ['key,title']
  for (let at = 0; at < rowsPerFile; at++) {
    const key = `row-${at + round * 100}`
    const before = titles.get(key)
    const title = before === undefined || at % 3 === 0 ? `客户 ${key} round ${round}` : before
    if (title !== before) {
      titles.set(key, title)
      ledger.set(key, (ledger.get(key) ?? 0) + 1)
    }
    lines.push(`${key},${title}`)
  }
  return lines.join('\n')
}

const victims = Array.from({ length: killsEach }, (): Victim[] => ['PostgreSQL', 'process', 'nats-server']).flat()

test(`${killsEach} kills each of PostgreSQL, nats-server and the process under running imports: every row once, every change one event, in order`, async () => {
  const dir = await mkdtemp(join(tmpdir(), 'clientele-crash-'))
  const platform = await startPlatformProcess(join(dir, 'home'))
  try {
    await writeFile(join(dir, 'map.yaml'), MAP)
    let killed = 0
    let importing = true
    const assassin = (async () => {
      for (const victim of victims) {
        await new Promise((resume) => setTimeout(resume, (500 + Math.random() * 1_500) * platform.slowness()))
        if (!importing) break
        await platform.kill(victim)
        killed++
      }
    })()
    // Begun while the platform is down, or a moment before, the command finds none and sends nothing.
    const importFile = async () => {
      for (;;) {
        const ended = await clientele(
          ['import', 'customers', join(dir, 'customers.csv'), '--map', join(dir, 'map.yaml'), '--json'],
          platform.env,
        )
        if (failure || !hasFoundNone(ended)) return ended
      }
    }
    let failure: unknown
    assassin.catch((error: unknown) => {
      failure = error
    })
    for (let round = 0; killed < victims.length; round++) {
      if (failure) throw failure
      await writeFile(join(dir, 'customers.csv'), nextFile(round))
      const { code, stdout, stderr } = await importFile()
      if (failure) throw failure
      if (code !== 0) throw new Error(`import ended with ${code}\n${stdout}\n${stderr}`)
      const summary = JSON.parse(stdout) as Record<'created' | 'updated' | 'unchanged' | 'rejected', number>
      expect(summary.created + summary.updated + summary.unchanged).toBe(rowsPerFile)
      expect(summary.rejected).toBe(0)
    }
    importing = false
    await assassin
    await verify(platform.home)
    console.info(
      `ledger: ${ledger.size} rows, ${[...ledger.values()].reduce((a, b) => a + b, 0)} changes, ${killed} kills`,
    )
  } finally {
    await platform.stop()
    await rm(dir, { recursive: true, force: true })
  }
})

const hasFoundNone = ({ stdout, stderr }: { stdout: string; stderr: string }) =>
  stderr.includes('No Clientele runs from') ||
  (stdout.includes('"reason":"network"') && stderr.includes('\n0% · 0 rows '))

const verify = async (home: string) => {
  const running = await findPlatform(home)
  const profiles = new pg.Client({ connectionString: running.databases.profiles?.url })
  const system = new pg.Client({ connectionString: running.databases.profiles?.systemUrl })
  // The last kill may have been a moment ago.
  const nats = await connect({ servers: running.natsUrl, waitOnFirstConnect: true, maxReconnectAttempts: -1 })
  await profiles.connect()
  await system.connect()
  try {
    await until(async () => {
      const { rows } = await system.query('select count(*)::int as n from outbox where stream_seq is null')
      return rows[0].n === 0
    })
    await profiles.query(`select set_config('app.tenant', 'acme', false)`)
    const { rows } = await profiles.query<{ id: string; key: string; version: number }>(
      `select id, origin_external_id as key, version from customer where origin_system = 'ledger'`,
    )
    expect(rows).toHaveLength(ledger.size)
    expect(new Map(rows.map(({ key, version }) => [key, version]))).toEqual(ledger)
    const events = await readEvents(nats, 'clientele.evt.acme.profiles.customer.*.v1.*')
    const sequences = new Map<string, number[]>()
    for (const { partitionkey, sequence } of events) {
      sequences.set(partitionkey, [...(sequences.get(partitionkey) ?? []), Number(sequence)])
    }
    for (const { id, version } of rows) {
      expect(sequences.get(id)).toEqual(Array.from({ length: version }, (_, at) => at + 1))
    }
  } finally {
    await nats.close()
    await profiles.end()
    await system.end()
  }
}
