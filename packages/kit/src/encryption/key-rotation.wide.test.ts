import { randomBytes, randomUUID } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { type Actor, createKeyring, type RotationProgress, rewrapWithMasterKey, rotateTenantKey } from '@clientele/kit'
import { example } from '@clientele/testkit/example/example.service'
import { startForTest } from '@clientele/testkit/service'
import { until } from '@clientele/testkit/until'
import pg from 'pg'

const keysFreshMs = 500
const svc = await startForTest(example, { keysFreshMs, connections: 20 })
const actorOf = (tenant: string): Actor => ({
  subject: 'keys',
  roles: ['manager'],
  tenant,
  territories: [''],
  scopes: [],
  kind: 'person',
})
const on = (tenant: string) => svc.context(actorOf(tenant))
const keep = (tenant: string, owner: string, text: string) =>
  on(tenant).transaction((tx) => tx.keys.keep([{ owner, field: 'n', text, searchable: true }]))
const found = async (tenant: string, text: string) => {
  const ctx = on(tenant)
  const { sql, params } = await ctx.keys.ownersOf('n', text)
  return (await ctx.em.execute<{ owner_id: string }[]>(sql, params)).map((row) => row.owner_id)
}
const seed = async (tenant: string, count: number) => {
  const owners = Array.from({ length: count }, () => randomUUID())
  await on(tenant).transaction((tx) =>
    tx.keys.keep(owners.map((owner, i) => ({ owner, field: 'n', text: `N-${i}`, searchable: true }))),
  )
  return owners
}
const admin = new pg.Pool({ connectionString: svc.urls.systemUrl, max: 2 })
svc.defer(() => admin.end())
const generations = async (tenant: string) => {
  const { rows } = await admin.query('select generation, live from tenant_key where tenant = $1 order by generation', [
    tenant,
  ])
  return rows
}
const rotate = (
  tenant: string,
  o: { batch?: number; freshMs?: number; signal?: AbortSignal; progress?(at: RotationProgress): unknown } = {},
) =>
  rotateTenantKey(tenant, {
    service: 'example',
    database: svc.urls,
    masterKeys: svc.masterKeys,
    freshMs: keysFreshMs,
    ...o,
  })
/** What nobody has brought under the newest key, whoever looks. */
const left = async (tenant: string) => {
  const client = new pg.Client({ connectionString: svc.urls.url })
  await client.connect()
  await client.query(`select set_config('app.tenant', $1, false)`, [tenant])
  const { rows } = await client
    .query(
      `select (select count(*)::int from data_key where key_generation = 1) as keys,
         (select count(*)::int from sealed_value where index_generation = 1) as indexes`,
    )
    .finally(() => client.end())
  return rows[0]
}

test('a rotation brings everything under the new key and retires the old one', async () => {
  const owners = await seed('whole', 30)
  const steps: string[] = []
  expect(await rotate('whole', { batch: 7, progress: ({ step }) => steps.push(step) })).toBe(2)
  expect(new Set(steps)).toEqual(new Set(['MADE', 'REWRAPPED', 'REINDEXED', 'RETIRED']))
  expect(await generations('whole')).toEqual([
    { generation: 1, live: false },
    { generation: 2, live: true },
  ])
  expect(await left('whole')).toEqual({ keys: 0, indexes: 0 })
  for (const [i, owner] of owners.entries()) {
    expect(await on('whole').keys.open(owner, 'n')).toBe(`N-${i}`)
    expect(await found('whole', `n ${i}`)).toEqual([owner])
  }
  expect(await rotate('whole')).toBe(3)
  expect(await found('whole', 'N29')).toEqual([owners[29]])
})

test('under a rotation no read, search or write fails, and nothing is missed', async () => {
  const tenant = 'load'
  const owners = await seed(tenant, 200)
  const current = new Map(owners.map((owner, i) => [owner, `N-${i}`]))
  let going = true
  let [reads, writes] = [0, 0]
  const reader = async () => {
    for (; going; reads++) {
      const owner = owners[reads % owners.length]!
      // Writers keep to the second half: what is read here stays as it is.
      if (reads % owners.length >= 100) continue
      expect(await on(tenant).keys.open(owner, 'n')).toBe(current.get(owner))
      expect(await found(tenant, current.get(owner)!)).toEqual([owner])
    }
  }
  const writer = async (part: number) => {
    for (let n = 0; going; n++, writes++) {
      const old = owners[100 + ((n * 4 + part) % 100)]!
      const text = `W-${part}-${n}`
      await keep(tenant, old, text)
      current.set(old, text)
      expect(await found(tenant, text)).toEqual([old])
      const fresh = randomUUID()
      await keep(tenant, fresh, `F-${part}-${n}`)
      current.set(fresh, `F-${part}-${n}`)
    }
  }
  const load = Promise.all([reader(), reader(), writer(0), writer(1), writer(2), writer(3)])
  load.catch(() => {
    going = false
  })
  for (const generation of [2, 3]) expect(await rotate(tenant, { batch: 20 })).toBe(generation)
  const during = { reads, writes }
  going = false
  await load
  expect(during.reads).toBeGreaterThan(20)
  expect(during.writes).toBeGreaterThan(20)
  expect((await generations(tenant)).filter(({ live }) => live)).toEqual([{ generation: 3, live: true }])
  expect(await left(tenant)).toEqual({ keys: 0, indexes: 0 })
  const ctx = on(tenant)
  const fields = [...current.keys()].map((owner) => ({ owner, field: 'n' }))
  expect(await ctx.keys.openAll(fields)).toEqual([...current.values()])
  for (const [owner, text] of [...current].slice(-40)) expect(await found(tenant, text)).toEqual([owner])
})

test('what a process writes that knows the new key is found by one that does not know it yet', async () => {
  const tenant = 'processes'
  await seed(tenant, 1)
  const keyring = () =>
    createKeyring({ service: 'example', system: admin, masterKeys: svc.masterKeys, freshMs: 60_000 })
  const [old, fresh] = [keyring(), keyring()]
  const searched = async (text: string) => {
    const { em } = on(tenant)
    const { sql, params } = await old.of(tenant, em).ownersOf('n', text)
    return (await em.execute<{ owner_id: string }[]>(sql, params)).map((row) => row.owner_id)
  }
  expect(await searched('N-0')).toHaveLength(1)
  const { promise: made, resolve: isMade } = Promise.withResolvers<void>()
  const rotating = rotate(tenant, { freshMs: 3_000, progress: ({ step }) => step === 'MADE' && isMade() })
  await made
  const owner = randomUUID()
  await on(tenant).transaction((tx) =>
    fresh.of(tenant, tx.em).keep([{ owner, field: 'n', text: 'new one', searchable: true }]),
  )
  expect(await searched('new one')).toEqual([owner])
  expect(await rotating).toBe(2)
  expect(await found(tenant, 'new one')).toEqual([owner])
})

test('a rotation that was cut short anywhere is continued by the next one', async () => {
  const tenant = 'cut'
  const owners = await seed(tenant, 20)
  for (let stop = 0; ; stop++) {
    const cut = new AbortController()
    let step = 0
    const outcome = await rotate(tenant, {
      batch: 4,
      signal: cut.signal,
      progress: () => {
        if (step++ === stop % 6) cut.abort()
      },
    }).catch((error: Error) => error.name)
    const all = await Promise.all(owners.map((owner) => on(tenant).keys.open(owner, 'n')))
    expect(all).toEqual(owners.map((_, i) => `N-${i}`))
    expect(await found(tenant, 'N-19')).toEqual([owners[19]])
    if (outcome === 2) break
    expect(outcome).toBe('AbortError')
  }
  expect(await generations(tenant)).toEqual([
    { generation: 1, live: false },
    { generation: 2, live: true },
  ])
})

test('a key is not retired while a transaction that uses it is under way', async () => {
  const tenant = 'slow'
  await seed(tenant, 3)
  const owner = randomUUID()
  const { promise: untilAllowed, resolve: allow } = Promise.withResolvers<void>()
  const { promise: underWay, resolve: began } = Promise.withResolvers<void>()
  const writing = on(tenant).transaction(async (tx) => {
    await tx.keys.keep([{ owner, field: 'n', text: 'slow one', searchable: true }])
    began()
    await untilAllowed
  })
  await underWay
  const steps: string[] = []
  const rotating = rotate(tenant, { progress: ({ step }) => steps.push(step) })
  // The rotation waits at the old key's row for this transaction.
  await until(() => steps.includes('REINDEXED'))
  expect((await generations(tenant)).filter(({ live }) => live)).toHaveLength(2)
  allow()
  await writing
  expect(await rotating).toBe(2)
  expect(await left(tenant)).toEqual({ keys: 0, indexes: 0 })
  expect(await found(tenant, 'slow one')).toEqual([owner])
})

test('two rotations of a tenant at once: the second one is refused; a tenant without keys has nothing to rotate', async () => {
  await seed('twice', 2)
  const [a, b] = await Promise.allSettled([rotate('twice'), rotate('twice')])
  const refused = [a, b].find(({ status }) => status === 'rejected') as PromiseRejectedResult
  expect(refused.reason).toMatchObject({ code: 'CONFLICT', reason: 'keys.rotating' })
  expect([a.status, b.status].toSorted()).toEqual(['fulfilled', 'rejected'])
  await expect(rotate('nobody')).rejects.toMatchObject({ code: 'NOT_FOUND', reason: 'keys.none' })
})

test('a new master key: everything is wrapped with it, the old one is needed no more, and nobody is disturbed', async () => {
  const owners = await seed('master', 5)
  const secret = await svc.keyring.secret('master', 'chain')
  const old = await readFile(svc.masterKeyPath, 'utf8')
  const fresh = `fresh:${randomBytes(32).toString('base64')}\n`
  await writeFile(svc.masterKeyPath, fresh + old)
  await keep('born-between', owners[0]!, 'x')
  const done: number[] = []
  const count = await rewrapWithMasterKey('example', admin, svc.masterKeys, (n) => done.push(n))
  expect(count).toBeGreaterThan(5)
  expect(done.at(-1)).toBe(count)
  expect(await rewrapWithMasterKey('example', admin, svc.masterKeys)).toBe(0)
  await writeFile(svc.masterKeyPath, fresh)
  await new Promise((resume) => setTimeout(resume, keysFreshMs + 10))
  expect(await on('master').keys.open(owners[4]!, 'n')).toBe('N-4')
  expect(await on('whole').keys.ownersOf('n', 'N-1')).toBeDefined()
  expect((await svc.keyring.secret('master', 'chain')).equals(secret)).toBe(true)
  const { rows } = await admin.query(
    'select distinct master_key_id as id from (select master_key_id from tenant_key union select master_key_id from tenant_secret) as all_keys',
  )
  expect(rows).toEqual([{ id: 'fresh' }])
})

test('while the master key is away what is known goes on; then sensitive values are UNAVAILABLE, without a word about files', async () => {
  const [owner] = await seed('away', 1)
  const kept = await readFile(svc.masterKeyPath, 'utf8')
  const read = () => on('away').keys.open(owner!, 'n')
  const untilForgotten = () => new Promise((resume) => setTimeout(resume, keysFreshMs + 10))
  /** Reads with the key there and at once without it; a machine that is slower than the key is kept tells nothing. */
  const readOn = async (): Promise<unknown> => {
    await writeFile(svc.masterKeyPath, kept)
    await untilForgotten()
    const learnt = performance.now()
    expect(await read()).toBe('N-0')
    await writeFile(svc.masterKeyPath, '')
    const found = await read().catch((error) => error)
    return performance.now() - learnt < keysFreshMs ? found : readOn()
  }
  try {
    expect(await readOn()).toBe('N-0')
    await untilForgotten()
    const error = await read().catch((thrown) => thrown)
    expect(error).toMatchObject({ code: 'UNAVAILABLE', reason: 'keys.master' })
    expect(error.message).not.toMatch(/master|file|\//)
  } finally {
    await writeFile(svc.masterKeyPath, kept)
  }
  expect(await read()).toBe('N-0')
})
