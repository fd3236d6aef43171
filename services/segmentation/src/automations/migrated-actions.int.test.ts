import { randomBytes } from 'node:crypto'
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createLog, databaseUrls, migrate, provisionDatabase } from '@clientele/kit'
import { backing } from '@clientele/testkit'
import pg from 'pg'
import { segmentation } from '../service.js'

const { adminUrl, password } = backing()
const name = `test_migrated_${randomBytes(6).toString('hex')}`
const log = createLog({ name: 'segmentation', level: 'fatal' })
const dir = await mkdtemp(join(tmpdir(), 'clientele-migrated-'))
afterAll(() => rm(dir, { recursive: true, force: true }))

const query = async (url: string, sql: string, params: unknown[] = []) => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(`select set_config('app.tenant', 'acme', false)`)
    return (await client.query(sql, params)).rows
  } finally {
    await client.end()
  }
}

test('actions that named staff by staffId name them by assigneeId and ownerId', async () => {
  for (const file of (await readdir(segmentation.migrations)).filter((one) => one < '0011')) {
    await cp(new URL(file, segmentation.migrations), join(dir, file))
  }
  await provisionDatabase(adminUrl, 'segmentation', name)
  afterAll(() => query(adminUrl, `drop database ${name} with (force)`))
  const urls = databaseUrls(adminUrl, 'segmentation', password, name)
  await migrate(urls.ownerUrl, pathToFileURL(`${dir}/`), log)
  const before = [
    { notify: { text: '请注意', to: { staffId: 'ben' } } },
    { createTask: { title: 'call', assignee: { staffId: 'kim' } } },
    { assign: { staffId: '陈晓雨' } },
    { tag: ['staffId'] },
    { notify: { text: 'x', to: { owner: true } } },
  ]
  const id = '0199a1b2-0000-7000-8000-000000000041'
  await query(
    urls.url,
    `insert into automation (id, created_at, created_by, updated_at, updated_by, version, name, status, number, event, trigger, actions, author_id, author_rights)
     values ($1, now(), 'mia', now(), 'mia', 1, 'x', 'DRAFT', 1, 'COMPLAINT_RECEIVED', '{}', $2, 'mia', '{}')`,
    [id, JSON.stringify(before)],
  )
  await query(
    urls.url,
    `insert into automation_version (automation_id, number, trigger, actions, author_id, author_rights, at)
     values ($1, 1, '{}', $2, 'mia', '{}', now())`,
    [id, JSON.stringify(before)],
  )
  await migrate(urls.ownerUrl, segmentation.migrations, log)
  const after = [
    { notify: { text: '请注意', to: { assigneeId: 'ben' } } },
    { createTask: { title: 'call', assignee: { assigneeId: 'kim' } } },
    { assign: { ownerId: '陈晓雨' } },
    { tag: ['staffId'] },
    { notify: { text: 'x', to: { owner: true } } },
  ]
  for (const table of ['automation', 'automation_version'])
    expect(await query(urls.url, `select actions from ${table}`)).toEqual([{ actions: after }])
})
