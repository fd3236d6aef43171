import {
  automationActionRequested,
  complaintReceived,
  customerCreated,
  interactionsAutomationActionAnswered,
  staffRecorded,
} from '@clientele/contracts'
import { startForTest } from '@clientele/testkit'
import { aDefinition, aMember, CREATE, goOff, START } from '../../fixture/automations.js'
import { aComplaint, aCustomer } from '../../fixture/builders.js'
import { segmentation } from '../service.js'

const svc = await startForTest(segmentation)
const mia = svc.as({ roles: ['manager'], subject: 'mia', territories: [''] })

const measured = async () =>
  Object.fromEntries(
    [
      ...(await svc.metrics.text()).matchAll(/^clientele_automation_(\S+?)\{service="segmentation",?(.*)\} (\S+)$/gm),
    ].map(([, name, labels, value]) => [`${name} ${labels}`.trim(), Number(value)]),
  )

test('operators see what waits, how long, and what came of runs and actions, by codes alone', async () => {
  await svc.deliver(staffRecorded, aMember('mia', { territories: ['emea'] }))
  const [here, far] = [
    aCustomer({ ownerId: null, territory: 'emea/de' }),
    aCustomer({ ownerId: null, territory: 'apac' }),
  ]
  for (const data of [here, far]) await svc.deliver(customerCreated, data)
  await svc.drain()
  const { id } = (await mia.mutate(CREATE, { input: { name: '回访', definition: aDefinition() } })).createAutomation
  await mia.mutate(START, { input: { id } })
  for (const data of [here, far, far]) await svc.deliver(complaintReceived, aComplaint(data.id))
  await svc.drain()
  const before = await measured()
  expect(before).toMatchObject({ 'waiting what="occurrence"': 3 })
  expect(before['oldest_age_seconds what="occurrence"']).toBeLessThan(600)
  await goOff(svc)
  const fired = await measured()
  expect(fired).toMatchObject({
    'waiting what="action"': 1,
    'runs_of_last_hour outcome="FIRED",reason=""': 1,
    'runs_of_last_hour outcome="REFUSED",reason="access_scope"': 2,
    'actions_of_last_hour kind="CREATE_TASK",outcome="",reason=""': 1,
  })
  expect(fired).not.toHaveProperty('waiting what="occurrence"')
  await svc.relay()
  const [request] = await svc.published(automationActionRequested)
  await svc.deliver(interactionsAutomationActionAnswered, {
    ...{ id: request!.id, version: 1, automationId: id, customerId: here.id },
    ...{ outcome: 'FAILED', reason: 'team.nobody', made: null },
  })
  await svc.drain()
  const after = await measured()
  expect(after).toMatchObject({
    'waiting what="action"': 0,
    'actions_of_last_hour kind="CREATE_TASK",outcome="FAILED",reason="team.nobody"': 1,
  })
  expect(Object.keys(after).join()).not.toMatch(/acme|[0-9a-f]{8}-/)
})
