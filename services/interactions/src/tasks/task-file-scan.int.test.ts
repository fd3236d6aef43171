import { staffRecorded } from '@clientele/contracts'
import { startForTest, type TestActor, until } from '@clientele/testkit'
import { startIcapServer } from '../../../../packages/files/fixture/icap-server.js'
import { aMember } from '../../fixture/staff.js'
import { createTasks } from '../../fixture/tasks.js'
import { interactions } from '../service.js'

const scanner = await startIcapServer(() => 'SILENCE')
const svc = await startForTest(interactions, { settings: { FILES_ICAP_URL: scanner.url } })
afterAll(() => scanner.stop())

const tenants = ['acme', 'globex', 'initech', 'umbrella', 'hooli']
for (const tenant of tenants) await svc.deliver(staffRecorded, aMember('ann'), { tenant })
await svc.drain()
const admin = (tenant: string): TestActor => ({ roles: ['admin'], tenant })
const STAGE = 'mutation ($input: StageTaskFileInput!) { stageTaskFile(input: $input) { id uploadUrl } }'
const ATTACH = 'mutation ($input: TaskFileInput!) { attachTaskFile(input: $input) { id status } }'
const REMOVE = 'mutation ($input: TaskFileInput!) { removeTaskFile(input: $input) { id } }'
const attach = async (tenant: string, taskId: string) => {
  const as = svc.as(admin(tenant))
  const staged = await as.mutate(STAGE, { input: { taskId, name: '照片.jpg', bytes: 4 } })
  const { id, uploadUrl } = staged.stageTaskFile
  await fetch(uploadUrl, { method: 'PUT', body: 'text' })
  return (await as.mutate(ATTACH, { input: { id } })).attachTaskFile
}
const timers = svc.jobs.filter(({ name }) => name.startsWith('interactions-timers'))
const round = () => Promise.all(timers.map((job) => job.run()))
const roundsUntil = (look: () => boolean | Promise<boolean>) =>
  until(async () => {
    await round()
    return look()
  })
const pending = async (name: string) => {
  const { rows } = await svc.database.system.query<{ count: number }>(
    'select count(*)::int from timer where name = $1 and next_at <= now()',
    [name],
  )
  return rows[0]?.count ?? 0
}

test('a scanner that takes files of several tenants and says nothing delays no reminder, and no file is held', async () => {
  const files: { id: string; tenant: string }[] = []
  for (const tenant of tenants) {
    const task = await createTasks(svc).create({ title: 'Call', assigneeId: 'ann' }, admin(tenant))
    for (let made = 0; made < 2; made++) {
      const file = await attach(tenant, task.id)
      expect(file.status).toBe('SCANNING')
      files.push({ ...file, tenant })
    }
  }
  await roundsUntil(() => scanner.seen.length >= 4)
  const began = performance.now()
  for (const tenant of tenants) {
    await createTasks(svc).create(
      { title: 'Now', assigneeId: 'ann', remindAt: new Date().toISOString() },
      admin(tenant),
    )
  }
  await roundsUntil(async () => (await pending('remindOfTask')) === 0)
  for (const { id, tenant } of files) await svc.as(admin(tenant)).mutate(REMOVE, { input: { id } })
  expect(performance.now() - began).toBeLessThan(20_000)
})
