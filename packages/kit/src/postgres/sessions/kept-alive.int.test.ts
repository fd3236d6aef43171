import { readFile } from 'node:fs/promises'
import { backing } from '@clientele/testkit'
import { example } from '@clientele/testkit/example/example.service'
import { startForTest } from '@clientele/testkit/service'
import { until } from '@clientele/testkit/until'
import pg from 'pg'

const svc = await startForTest(example)

/** Of each connection of this machine, by its own port, in how many seconds it asks whether the other side is there; proc(5), Linux alone. */
const asksIn = async () => {
  const [, ...lines] = (await readFile('/proc/net/tcp', 'utf8')).trim().split('\n')
  return new Map(
    lines.map((line) => {
      const [, local = '', , , , timer = ''] = line.trim().split(/\s+/)
      const [kind, ticks = ''] = timer.split(':')
      return [Number.parseInt(local.split(':')[1]!, 16), kind === '02' ? Number.parseInt(ticks, 16) / 100 : undefined]
    }),
  )
}

test('every connection that rests asks within ten seconds whether the server is still there', async () => {
  await svc.database.check()
  await svc.database.system.query('select 1')
  const admin = new pg.Client({ connectionString: backing().adminUrl })
  await admin.connect()
  const { rows } = await admin
    .query<{ port: number; name: string }>(
      'select client_port as port, usename as name from pg_stat_activity where datname = $1 and client_port > 0',
      [new URL(svc.urls.url).pathname.slice(1)],
    )
    .finally(() => admin.end())
  expect(new Set(rows.map(({ name }) => name)).size).toBeGreaterThan(1)
  const asking = await until(async () => {
    const asks = await asksIn()
    const known = rows.map(({ port }) => asks.get(port))
    return known.every((seconds) => seconds !== undefined) && (known as number[])
  })
  expect(Math.max(...asking)).toBeLessThanOrEqual(10.5)
})
