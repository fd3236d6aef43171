import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { diagnose } from '@clientele/cli/doctor/diagnose'
import { partNamed } from '@clientele/cli/doctor/part'
import { serveAll } from '@clientele/cli/serve/serve'
import { supportBundle } from '@clientele/cli/support-bundle/support-bundle.command'
import { makeMasterKeyFile } from '@clientele/kit'
import pg from 'pg'
import { vi } from 'vitest'
import { startServeBacking } from './backing.js'

const dir = await mkdtemp(join(tmpdir(), 'clientele-support-'))
const backing = await startServeBacking(dir)
const settings = { ...backing.env, PORT: '0', LOG_LEVEL: 'error', METRICS_PORT: '0', FILES_FOLDER: join(dir, 'files') }
const serving = await serveAll(settings)
afterAll(async () => {
  await serving.stop()
  await backing.stop()
  await rm(dir, { recursive: true })
})

/** What must not come out, wherever it was put in. */
const planted = {
  name: 'Quirinius Zabelthal',
  email: 'quirinius@zabelthal.example',
  phone: '+49 171 5550199',
  iban: 'DE89370400440532013000',
  bucketSecret: 'the-secret-of-the-bucket-7f3a',
  wrongPlace: 'hunter2-in-the-wrong-place',
  bearer: 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJl',
  natsToken: 'token-of-nats-in-a-url',
  headers: 'authorization=planted-collector-key',
  tenantKey: 'planted-text-of-an-event',
}
const isWithheld = async (file: string) => {
  const text = await readFile(file, 'utf8')
  const passwords = Object.values(backing.databases).map(({ url }) => new URL(url).password)
  const clients = Object.entries(backing.env).flatMap(([name, value]) => (/_CLIENT_SECRET$/.test(name) ? [value] : []))
  const key = (await readFile(backing.env.CLIENTELE_MASTER_KEY_FILE!, 'utf8')).trim().split(':')[1] as string
  return [...Object.values(planted), ...passwords, ...clients, key].filter((secret) => text.includes(secret))
}

const ask = async (query: string, variables: object) => {
  const response = await fetch(`${serving.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await backing.token('manager')}` },
    body: JSON.stringify({ query, variables }),
  })
  return response.json() as Promise<any>
}

const unpack = async (archive: string) => {
  const folder = await mkdtemp(join(dir, 'unpacked-'))
  await promisify(execFile)('tar', ['-xzf', archive, '-C', folder])
  return folder
}

const lineOfLog = (fields: object) =>
  JSON.stringify({
    level: 'error',
    time: '2026-11-01T00:00:00.000Z',
    service: 'profiles',
    msg: 'request failed',
    ...fields,
  })

test('a bundle of a platform at work has its state, and nothing of what was planted in it', async () => {
  await serving.ready
  const CREATE = 'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { id } }'
  const input = { kind: 'PERSON', displayName: planted.name, territory: 'emea' }
  expect((await ask(CREATE, { input })).data.createCustomer.id).toBeTruthy()
  const system = new pg.Client({ connectionString: backing.databases.interactions!.systemUrl })
  await system.connect()
  await system.query('delete from dead_letter')
  await system.query(
    `insert into dead_letter (tenant, id, consumer, event_id, type, event, attempts, code, reason, causes)
     values ('acme', gen_random_uuid(), 'interactions-customer-replica', gen_random_uuid(), $1, $2, 4, 'INTERNAL', $3, $4)`,
    [
      planted.name,
      JSON.stringify({ data: planted }),
      planted.tenantKey,
      JSON.stringify([{ name: 'E', message: planted.email }]),
    ],
  )
  await system.end()
  const log = join(dir, 'profiles.log')
  await writeFile(
    log,
    [
      `not of our log: ${planted.name} ${planted.tenantKey}`,
      lineOfLog({
        name: planted.name,
        contact: { email: planted.email },
        headers: { authorization: `Bearer ${planted.bearer}` },
      }),
      lineOfLog({
        err: { type: 'Error', message: `no route to ${planted.email} or ${planted.phone}` },
        iban: planted.iban,
      }),
      lineOfLog({ detail: `signed with ${planted.bucketSecret} and ${planted.bearer}`, requestId: 'kept-0001' }),
    ].join('\n'),
  )
  const env = {
    ...settings,
    SURVEYS_NATS_URL: `nats://${planted.natsToken}@127.0.0.1:${new URL(settings.NATS_URL).port}`,
    FILES_S3_SECRET_ACCESS_KEY: planted.bucketSecret,
    OTEL_EXPORTER_OTLP_HEADERS: planted.headers,
    RFM_HOURS: planted.wrongPlace,
    SURVEYS_LOG_LEVEL: planted.wrongPlace,
  }
  const out = join(await mkdtemp(join(dir, 'bundle-')), 'bundle.tar.gz')
  const printed = vi.spyOn(console, 'log').mockImplementation(() => {})
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  try {
    const args = ['--out', out, '--log', log, '--metrics', `${serving.metricsUrl}/metrics`]
    expect(await supportBundle.run(args)).toBe(0)
    await expect(supportBundle.run(args)).rejects.toThrow('is there already')
    await expect(supportBundle.run(['--lines', 'all'])).rejects.toThrow('--lines needs a number')
  } finally {
    printed.mockRestore()
    vi.unstubAllEnvs()
  }
  expect((await stat(out)).mode & 0o777).toBe(0o600)
  const root = join(await unpack(out), 'clientele-support')
  const files = (await readdir(root, { recursive: true, withFileTypes: true })).filter((each) => each.isFile())
  const paths = files.map(({ parentPath, name }) => join(parentPath, name))
  expect(paths.map((path) => path.slice(root.length + 1)).toSorted()).toEqual(
    [
      ...['README.txt', 'about.json', 'doctor.json', 'logs/1.jsonl', 'metrics.txt', 'settings.json', 'stream.json'],
      ...Object.keys(backing.databases).map((name) => `databases/${name}.json`),
    ].toSorted(),
  )
  for (const path of paths) expect({ path, held: await isWithheld(path) }).toEqual({ path, held: [] })

  const read = async (name: string) => JSON.parse(await readFile(join(root, name), 'utf8'))
  const told = await read('settings.json')
  expect(told).toMatchObject({
    PROFILES_DATABASE_URL: expect.stringMatching(/^postgres:\/\/127\.0\.0\.1:\d+\/profiles$/),
    LOG_LEVEL: '[redacted]',
    SURVEYS_LOG_LEVEL: '[redacted]',
    RFM_HOURS: '[redacted]',
    METRICS_PORT: '0',
    SURVEYS_NATS_URL: expect.stringMatching(/^nats:\/\/127\.0\.0\.1:\d+$/),
    FILES_S3_SECRET_ACCESS_KEY: '[redacted]',
  })
  const { findings } = await read('doctor.json')
  expect(findings.map(({ check }: { check: string }) => check)).toEqual(
    expect.arrayContaining(['settings.RFM_HOURS', 'nats.surveys.login']),
  )
  const interactions = await read('databases/interactions.json')
  expect(interactions).toMatchObject({
    settings: { max_connections: expect.any(String) },
    deadLetters: [{ consumer: 'interactions-customer-replica', type: 'other', reason: 'other', count: 1 }],
    waiting: { deadLetters: 1 },
  })
  expect(interactions.migrations.own.length).toBeGreaterThan(0)
  expect(interactions.leases.length).toBeGreaterThan(0)
  for (const part of Object.values(interactions)) expect(part).not.toHaveProperty('failed')
  const stream = await read('stream.json')
  expect(stream.stream.state.messages).toBeGreaterThan(0)
  expect(stream.consumers.length).toBeGreaterThan(0)
  expect(await readFile(join(root, 'metrics.txt'), 'utf8')).toContain('clientele_outbox_events')
  const lines = (await readFile(join(root, 'logs/1.jsonl'), 'utf8')).trim().split('\n')
  expect(lines).toHaveLength(4)
  expect(JSON.parse(lines[0]!)).toEqual({ note: '1 lines are not of our log and were left out' })
  expect(lines.at(-1)).toContain('kept-0001')
})

test('of a platform at work doctor tells who does the work, and which master key opens what is stored', async () => {
  const file = settings.CLIENTELE_MASTER_KEY_FILE!
  const find = async (keyFile: string, check: string) => {
    const env = { ...settings, METRICS_PORT: '1', CLIENTELE_MASTER_KEY_FILE: keyFile }
    const { findings } = await diagnose(await partNamed('profiles', env), env)
    return findings.find((each) => each.check === check)
  }
  expect(await find(file, 'database.profiles.leases')).toMatchObject({
    state: 'ok',
    found: expect.stringContaining('by 1 replica'),
  })
  expect(await find(file, 'database.profiles.keys')).toMatchObject({ state: 'ok' })
  expect(await find(file, 'nats.consumers')).toMatchObject({ state: 'ok' })
  const other = join(dir, 'another-master-key')
  await makeMasterKeyFile(other)
  await writeFile(other, (await readFile(other, 'utf8')).replace(/^[^:]+/, 'another'))
  expect(await find(other, 'database.profiles.keys')).toMatchObject({
    state: 'fault',
    found: expect.stringContaining('has no key'),
  })
  await writeFile(other, (await readFile(other, 'utf8')) + (await readFile(file, 'utf8')))
  expect(await find(other, 'database.profiles.keys')).toMatchObject({
    state: 'warning',
    found: expect.stringContaining('under an older master key'),
    remedy: expect.stringContaining('clientele keys rotate'),
  })
})

test('where nothing can be reached a bundle says what could not be had', async () => {
  const out = join(await mkdtemp(join(dir, 'bundle-')), 'away.tar.gz')
  const printed = vi.spyOn(console, 'log').mockImplementation(() => {})
  const away = 'postgres://profiles_system:a-password-of-ours@127.0.0.1:9/profiles'
  const env = { PROFILES_DATABASE_SYSTEM_URL: away, NATS_URL: 'nats://127.0.0.1:9', METRICS_PORT: '9' }
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  try {
    expect(await supportBundle.run(['--out', out, 'profiles', '--log', join(dir, 'no.log')])).toBe(0)
  } finally {
    printed.mockRestore()
    vi.unstubAllEnvs()
  }
  const folder = await unpack(out)
  for (const name of ['databases/profiles.json', 'stream.json', 'metrics.txt', 'logs/1.jsonl']) {
    const text = await readFile(join(folder, 'clientele-support', name), 'utf8')
    expect(JSON.parse(text)).toEqual({ failed: expect.stringMatching(/\w/) })
    expect(text).not.toContain('a-password-of-ours')
  }
})
