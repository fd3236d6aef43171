import { staffEntityId } from '@clientele/contracts'
import { outcome, startPlatform } from '@clientele/testkit'
import { addStaff, asked, profilesFixture } from '@clientele/testkit/profiles'
import { CREATE, UPDATE } from '../../fixture/segment-documents.js'
import { segmentation } from '../service.js'

const platform = await startPlatform([segmentation, profilesFixture])
const manager = platform.as('segmentation', 'manager')
const svc = platform.service('segmentation')
addStaff('acme', 'ann')
addStaff('acme', 'gone', { active: false })

let counter = 0
const create = async (rule: object) =>
  (await manager.mutate(CREATE, { input: { key: `k${++counter}`, name: 'n', kind: 'DYNAMIC', rule } })).createSegment
const faults = (...places: string[]) => ({
  code: 'INVALID',
  fields: places.map((place) => ({ path: `input.rule.${place}`, reason: 'staff.unknown' })),
})

test('an owner whom a rule names is somebody of the staff, who may have left', async () => {
  addStaff('acme', '陈晓雨')
  const rule = { any: [{ owner: { eq: 'ann' } }, { not: { owner: { in: ['gone', '陈晓雨'] } } }] }
  asked.length = 0
  expect(await create(rule)).toMatchObject({ rule })
  expect(asked.flat().toSorted()).toEqual(['ann', 'gone', '陈晓雨'])
  asked.length = 0
  await create(rule)
  expect(asked).toEqual([])
})

test('one who is nobody, or is written otherwise, is told by their places', async () => {
  const id = staffEntityId('ann')
  const rule = { all: [{ owner: { in: ['ann', 'nobody-👻', id] } }, { not: { owner: { eq: 'nobody-محمد' } } }] }
  await expect(create(rule)).rejects.toMatchObject(faults('all.0.owner.in.1', 'all.0.owner.in.2', 'all.1.not.owner.eq'))
  addStaff('globex', 'zoe')
  await expect(create({ owner: { eq: 'zoe' } })).rejects.toMatchObject(faults('owner.eq'))
})

test('who stood in a rule before may stay, whoever they are', async () => {
  const { id } = await create({ owner: { eq: 'ann' } })
  await svc.database
    .fork({ subject: 's', roles: [], tenant: 'acme', territories: [], kind: 'person' }, new Date())
    .transactional((em) => em.execute(`update segment set rule = '{"owner":{"eq":"nobody-now"}}' where id = ?`, [id]))
  const change = (rule: object) => outcome(manager.mutate(UPDATE, { input: { id, rule } }))
  expect(await change({ owner: { in: ['nobody-now', 'ann'] } })).toBe('OK')
  expect(await change({ owner: { in: ['nobody-now', 'nobody-else'] } })).toBe('INVALID staff.unknown')
})
