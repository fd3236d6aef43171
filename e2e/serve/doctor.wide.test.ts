import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, chown, copyFile, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { createServer as createHttps } from 'node:https'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { diagnose } from '@clientele/cli/doctor/diagnose'
import { doctor } from '@clientele/cli/doctor/doctor.command'
import { partNamed } from '@clientele/cli/doctor/part'
import { services } from '@clientele/cli/services'
import { defaultCacheDir, findNats, freePort, startNats } from '@clientele/embedded'
import { createLog, type Finding, migrate, start } from '@clientele/kit'
import { selfSigned, until } from '@clientele/testkit'
import pg from 'pg'
import { vi } from 'vitest'
import { startServeBacking } from './backing.js'

const dir = await mkdtemp(join(tmpdir(), 'clientele-doctor-'))
const backing = await startServeBacking(dir)
afterAll(async () => {
  await backing.stop()
  await rm(dir, { recursive: true })
})

const env: Record<string, string> = { ...backing.env, FILES_FOLDER: join(dir, 'files') }
const findingsIn = async (changed: Record<string, string | undefined> = {}, part?: string) => {
  const all = { ...env, ...changed }
  return (await diagnose(await partNamed(part, all), all)).findings
}
const not = (state: Finding['state'], findings: readonly Finding[]) =>
  findings.filter((each) => each.state !== state).map(({ check, state, found }) => `${state} ${check}: ${found}`)
const only = (state: Finding['state'], findings: readonly Finding[]) =>
  findings.filter((each) => each.state === state).map(({ check, found }) => `${check}: ${found}`)
const named = (findings: readonly Finding[], check: string) => findings.filter((each) => each.check === check)

const run = async (url: string, ...statements: string[]) => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    for (const sql of statements) await client.query(sql)
  } finally {
    await client.end()
  }
}
const owner = (service: string) => backing.databases[service]!.ownerUrl
const secrets = () => [
  ...Object.values(backing.databases).map(({ url }) => new URL(url).password),
  ...services.map(({ name }) => env[`${name.toUpperCase()}_OIDC_CLIENT_SECRET`] as string),
]
const expectNoSecret = (findings: readonly Finding[], ...more: string[]) => {
  const text = JSON.stringify(findings)
  expect([...secrets(), ...more].filter((secret) => text.includes(secret))).toEqual([])
}

test('before the first start of a platform that is prepared well nothing is a fault, and the schema is said to come', async () => {
  const findings = await findingsIn()
  expect(not('ok', findings)).toEqual([])
  expect(named(findings, 'database.surveys.schema')[0]!.found).toMatch(/^0 migrations, and the next start brings 0001_/)
  expect(named(findings, 'nats.stream')[0]!.found).toContain('not there yet')
  const apart = await findingsIn({ MIGRATE: 'off' })
  expect(only('fault', apart)).toEqual([])
  expect(only('warning', apart)).toContainEqual(expect.stringMatching(/^database.surveys.schema: none yet/))
})

test('of a schema that is complete every check is well, each with what was seen', async () => {
  const log = createLog({ name: 'doctor', level: 'error' })
  for (const { name, migrations } of services) await migrate(owner(name), migrations, log)
  const findings = await findingsIn({ MIGRATE: 'off' })
  expect(not('ok', findings)).toEqual([])
  const seen = (check: string) => named(findings, check)[0]?.found
  expect(seen('database.profiles.service.login')).toMatch(/^profiles_app at 127.0.0.1:\d+\/profiles$/)
  expect(seen('database.profiles.version')).toMatch(/^PostgreSQL 18/)
  expect(seen('database.profiles.tenants')).toMatch(/^\d+ tables are under row-level security$/)
  expect(seen('nats.version')).toMatch(/^nats-server \d+\.\d+/)
  expect(seen('issuer.keys')).toBe('signs by RS256')
  expect(seen('account.surveys.roles')).toContain('surveys_account')
  expect(seen('files.profiles')).toContain('a folder')
  expect(seen('directory.profiles')).toMatch(/^organizations that it tells of: \d+$/)
  expectNoSecret(findings)
})

test('all that is wrong is told at once, each with what to do', async () => {
  const program = await findNats(defaultCacheDir(), () => {})
  const port = await freePort()
  const plainNats: ChildProcess = spawn(program.path, ['-a', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' })
  const { rows } = await lastMigration('interactions')
  await run(backing.adminUrl, 'alter role surveys_app superuser', 'alter role integrations_system bypassrls')
  await run(owner('interactions'), `delete from service_migration where name = '${rows[0].name}'`)
  await run(
    owner('segmentation'),
    `insert into service_migration (name, run_on) values ('9999_of_a_later_release', now())`,
  )
  await run(owner('surveys'), 'alter table outbox no force row level security')
  await run(owner('profiles'), `insert into service_migration (name, run_on) values ('0001_of_another_build', now())`)
  try {
    await until(() =>
      fetch(`http://127.0.0.1:${port}`).then(
        () => true,
        (error) => !String(error.cause?.code).includes('REFUSED'),
      ),
    )
    const findings = await findingsIn({
      PROFILES_DATABASE_URL: env.PROFILES_DATABASE_URL!.replace(/:[^:@]+@/, ':a-wrong-password@'),
      INTERACTIONS_MIGRATE: 'off',
      NATS_URL: `nats://127.0.0.1:${port}`,
      NATS_STREAM_REPLICA: '3',
      OIDC_ISSUER_URL: `${env.OIDC_ISSUER_URL}/another`,
      DATABASE_CONNECTIONS: '500',
      FILES_FOLDER: undefined,
      FILES_S3_BUCKET: 'away',
      FILES_S3_ENDPOINT: 'http://127.0.0.1:9',
      FILES_S3_ACCESS_KEY_ID: 'an-access-key',
      FILES_S3_SECRET_ACCESS_KEY: 'the-secret-of-the-bucket',
      SURVEYS_OIDC_CLIENT_SECRET: ' ',
      CORS_ORIGINS: 'no origin',
    })
    const faults = only('fault', findings)
    expect(faults).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^settings.OIDC_CLIENT_SECRET: .*is missing/),
        expect.stringMatching(/^settings.CORS_ORIGINS: .*is wrong/),
        expect.stringMatching(/^postgres.*connections: The server has room for \d+ more .*2500 are needed/),
        expect.stringMatching(/^database.profiles.service.login: .*password authentication failed/),
        expect.stringMatching(/^database.surveys.service.rights: surveys_app is a superuser/),
        expect.stringMatching(
          /^database.integrations.system.rights: integrations_system is a superuser, has BYPASSRLS/,
        ),
        expect.stringMatching(/^database.surveys.tenants: not under row-level security: outbox/),
        `database.interactions.schema: migrations are missing: ${rows[0].name}`,
        'database.profiles.schema: migrations out of order: 0001_of_another_build',
        expect.stringMatching(/^nats.jetstream: /),
        expect.stringMatching(/^issuer.discovery: /),
        expect.stringMatching(/^account.profiles: /),
        expect.stringMatching(/^files.interactions: .*ECONNREFUSED/),
      ]),
    )
    expect(only('warning', findings)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^settings.NATS_STREAM_REPLICA: .*did you mean NATS_STREAM_REPLICAS/),
        'database.segmentation.schema: newer than this release: 9999_of_a_later_release',
      ]),
    )
    // What is right is looked at all the same.
    expect(only('ok', findings)).toContainEqual(expect.stringMatching(/^database.profiles.system.login/))
    expect(findings.filter(({ state, remedy }) => state !== 'ok' && !remedy)).toEqual([])
    expectNoSecret(findings, 'a-wrong-password', 'the-secret-of-the-bucket')
  } finally {
    plainNats.kill()
    await run(backing.adminUrl, 'alter role surveys_app nosuperuser', 'alter role integrations_system nobypassrls')
    await run(owner('segmentation'), `delete from service_migration where name like '9999%'`)
    await run(owner('surveys'), 'alter table outbox force row level security')
    await run(owner('profiles'), `delete from service_migration where name = '0001_of_another_build'`)
    await run(
      owner('interactions'),
      `insert into service_migration (name, run_on) values ('${rows[0].name}', '${rows[0].run_on.toISOString()}')`,
    )
  }
})

const lastMigration = async (service: string) => {
  const client = new pg.Client({ connectionString: owner(service) })
  await client.connect()
  return client.query('select name, run_on from service_migration order by id desc limit 1').finally(() => client.end())
}

test('an account without the roles of its service, a token for others, and an issuer that calls itself otherwise are faults', async () => {
  const findings = await findingsIn({
    SURVEYS_OIDC_CLIENT_ID: env.PROFILES_OIDC_CLIENT_ID,
    SURVEYS_OIDC_CLIENT_SECRET: env.PROFILES_OIDC_CLIENT_SECRET,
    PROFILES_OIDC_CLIENT_SECRET: 'not the secret of this client',
    INTERACTIONS_OIDC_AUDIENCE: 'somebody-else',
  })
  expect(only('fault', findings)).toEqual([
    expect.stringMatching(/^account.profiles: .*refuses the account .*invalid_client/),
    expect.stringMatching(/^account.interactions.token: The token is meant for another service/),
    'account.surveys.roles: the token has no surveys_account',
    expect.stringMatching(/^directory.profiles: .*refuses the account/),
  ])
  expectNoSecret(findings, 'not the secret of this client')
  const { port } = new URL(env.OIDC_ISSUER_URL!)
  const other = await findingsIn({ OIDC_ISSUER_URL: `http://localhost:${port}` })
  expect(named(other, 'issuer.discovery')).toMatchObject([
    { state: 'fault', found: expect.stringContaining('belongs to') },
  ])
})

test('certificates are told before they end and once they have ended', async () => {
  const serve = async (hours: number) => {
    const server = createHttps(selfSigned('localhost', { hours }), (_, response) => response.end())
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return { server, url: `https://localhost:${(server.address() as AddressInfo).port}` }
  }
  const [ended, ends, lasts] = [await serve(-1), await serve(24 * 7), await serve(24 * 365)]
  try {
    const findings = await findingsIn({
      PUBLIC_URL: ended.url,
      FILES_S3_ENDPOINT: ends.url,
      FILES_S3_PUBLIC_ENDPOINT: lasts.url,
    })
    const at = ({ url }: { url: string }) => named(findings, `certificate.${new URL(url).host}`)
    expect(at(ended)).toMatchObject([{ state: 'fault', found: expect.stringContaining('it has expired') }])
    expect(at(ends)).toMatchObject([{ state: 'warning', found: expect.stringContaining('6 days are left') }])
    expect(at(lasts)).toMatchObject([{ state: 'warning', found: expect.stringContaining('does not trust it') }])
  } finally {
    for (const { server } of [ended, ends, lasts]) server.close()
  }
})

test('the certificates of PostgreSQL and NATS are read in their own protocols', async () => {
  const pem = async (name: string, hours: number) => {
    const { cert, key } = selfSigned('localhost', { hours })
    await writeFile(join(dir, `${name}.crt`), cert)
    await writeFile(join(dir, `${name}.key`), key, { mode: 0o600 })
    return { cert: join(dir, `${name}.crt`), key: join(dir, `${name}.key`) }
  }
  const ended = await pem('server', -1)
  const data = join(dir, 'postgres', 'data')
  const { uid, gid } = await stat(data)
  for (const file of [ended.cert, ended.key]) {
    await copyFile(file, join(data, basename(file)))
    await chown(join(data, basename(file)), uid, gid)
    await chmod(join(data, basename(file)), 0o600)
  }
  await run(backing.adminUrl, 'alter system set ssl = on', 'select pg_reload_conf()')
  const { cert, key } = await pem('nats', 24 * 10)
  const port = await freePort()
  const nats = await startNats({
    ...{ dir: join(dir, 'nats-tls'), port, cacheDir: defaultCacheDir() },
    arguments: ['--tls', `--tlscert=${cert}`, `--tlskey=${key}`],
  })
  try {
    const findings = await until(async () => {
      const found = await findingsIn({ NATS_URL: `tls://localhost:${port}` }, 'surveys')
      return found.some(({ check }) => check.startsWith('certificate.127.0.0.1')) && found
    })
    const certificates = findings.filter(({ check }) => check.startsWith('certificate.'))
    expect(certificates).toEqual([
      {
        check: expect.stringContaining('127.0.0.1'),
        state: 'fault',
        found: expect.stringContaining('expired'),
        remedy: expect.any(String),
      },
      {
        check: `certificate.localhost:${port}`,
        state: 'warning',
        found: expect.stringContaining('9 days'),
        remedy: expect.any(String),
      },
    ])
    expect(named(findings, 'nats.login')).toMatchObject([
      { state: 'fault', found: expect.stringMatching(/certificate/i) },
    ])
  } finally {
    await nats.stop()
    await run(backing.adminUrl, 'alter system reset ssl', 'select pg_reload_conf()')
  }
})

test('a wrong login at NATS is a fault, and what waits is told', async () => {
  const port = await freePort()
  const nats = await startNats({
    ...{ dir: join(dir, 'nats-login'), port, cacheDir: defaultCacheDir() },
    arguments: ['--user', 'clientele', '--pass', 'the-right-password'],
  })
  const surveys = backing.adminUrl.replace(/\/postgres$/, '/surveys')
  await run(
    surveys,
    `insert into dead_letter (tenant, id, consumer, event_id, type, event, attempts, code, reason)
     values ('acme', gen_random_uuid(), 'surveys-x', gen_random_uuid(), 'clientele.x', '{}', 4, 'INTERNAL', 'x')`,
    `insert into lease (name, holder, fence, expires_at) values ('consumer surveys-x', gen_random_uuid(), 1, now() - interval '1 minute')`,
    `insert into outbox (tenant, event_id, type, entity_id, entity_version, partition_key, event, created_at)
     values ('acme', gen_random_uuid(), 'clientele.x', gen_random_uuid(), 1, gen_random_uuid(), '{}', now() - interval '5 minutes')`,
  )
  try {
    const findings = await findingsIn({ NATS_URL: `nats://clientele:a-wrong-one@127.0.0.1:${port}` }, 'surveys')
    expect(named(findings, 'nats.login')).toMatchObject([
      { state: 'fault', found: expect.stringMatching(/authorization/i) },
    ])
    expect(named(findings, 'database.surveys.deadletters')).toMatchObject([
      { state: 'warning', found: '1 event given up' },
    ])
    expect(named(findings, 'database.surveys.outbox')).toMatchObject([
      {
        state: 'warning',
        found: expect.stringMatching(/^1 event not in the stream yet, the oldest for 3\d\d s$/),
      },
    ])
    expect(named(findings, 'database.surveys.leases')[0]!.found).toContain('consumer surveys-x')
    const well = await findingsIn({ NATS_URL: `nats://clientele:the-right-password@127.0.0.1:${port}` }, 'surveys')
    expect(named(well, 'nats.jetstream')).toEqual([])
    expect(named(well, 'nats.login')).toMatchObject([{ state: 'ok' }])
    const refused = await findingsIn(
      { NATS_URL: `nats://clientele:the-right-password@127.0.0.1:${port}`, NATS_STREAM_REPLICAS: '3' },
      'surveys',
    )
    expect(named(refused, 'nats.stream')[0]).toMatchObject({
      state: 'fault',
      found: expect.stringContaining('not in a cluster'),
    })
  } finally {
    await nats.stop()
    await run(surveys, 'truncate dead_letter, lease, outbox')
  }
})

test('apart, the gateway is told which service is ready and which does not answer', async () => {
  const surveys = services.find(({ name }) => name === 'surveys')!
  const own = { ...env, PORT: '0', PUBLIC_PORT: '0', LOG_LEVEL: 'error' }
  expect(only('fault', await findingsIn(own, 'surveys'))).toEqual([])
  const started = await start(surveys, own)
  try {
    await started.ready
    const peers = { SUBGRAPH_SURVEYS_URL: started.url, SUBGRAPH_PROFILES_URL: 'http://127.0.0.1:9' }
    const findings = await findingsIn({ ...peers, OIDC_AUDIENCE: 'clientele-api' }, 'gateway')
    expect(named(findings, 'peer.surveys')).toMatchObject([{ state: 'ok', found: expect.stringMatching(/^ready at/) }])
    expect(named(findings, 'peer.profiles')).toMatchObject([
      { state: 'warning', found: expect.stringContaining('nothing answers') },
    ])
    expect(named(findings, 'settings.SUBGRAPH_SEGMENTATION_URL')).toMatchObject([{ state: 'fault' }])
    expect(named(findings, 'issuer.keys')).toMatchObject([{ state: 'ok' }])
  } finally {
    await started.stop()
  }
})

test('the command ends with 1 where something is a fault, with 0 where nothing is, and refuses what it does not know', async () => {
  const out = vi.spyOn(console, 'log').mockImplementation(() => {})
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  try {
    expect(await doctor.run(['--json'])).toBe(0)
    const { version, part, findings } = JSON.parse(String(out.mock.lastCall?.[0]))
    expect({ version, part }).toEqual({ version: expect.stringMatching(/^\d/), part: 'all' })
    expect(not('ok', findings)).toEqual([])
    expect(await doctor.run(['gateway'])).toBe(1)
    expect(String(out.mock.lastCall?.[0])).toMatch(/^fault +settings.SUBGRAPH_PROFILES_URL .*is missing.*\n +→ /m)
    await expect(doctor.run(['servays'])).rejects.toThrow('did you mean "surveys"')
    await expect(doctor.run(['surveys', 'profiles'])).rejects.toThrow('it takes no "profiles"')
  } finally {
    vi.restoreAllMocks()
    vi.unstubAllEnvs()
  }
})

test('where nothing answers it ends all the same, and says so of each', async () => {
  const silent = createServer(() => {})
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const { port } = silent.address() as AddressInfo
  const isAway = (name: string) => /_URL$/.test(name)
  const away = Object.fromEntries(
    Object.entries(env).map(([name, value]) => {
      const url = isAway(name) ? new URL(value) : undefined
      if (url) url.host = `127.0.0.1:${port}`
      return [name, url?.href ?? value]
    }),
  )
  const begun = performance.now()
  const findings = await findingsIn({ ...away, FILES_FOLDER: '/proc/nowhere' })
  expect(performance.now() - begun).toBeLessThan(15_000)
  silent.close()
  const faults = only('fault', findings)
  for (const { name } of services) expect(faults.join('\n')).toContain(`database.${name}.service.login: `)
  expect(faults).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^nats.login: /),
      expect.stringMatching(/^issuer.discovery: /),
      expect.stringMatching(/^files.profiles: /),
    ]),
  )
  expectNoSecret(findings)
})
