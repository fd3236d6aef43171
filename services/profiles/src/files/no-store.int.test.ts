import { outcome, startForTest } from '@clientele/testkit'
import { profiles } from '../service.js'

const svc = await startForTest(profiles, { settings: { FILES_FOLDER: undefined } })

test('where no store is set up, files are refused, and no link is good', async () => {
  const CREATE = 'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { id } }'
  const STAGE = 'mutation ($input: StageCustomerFileInput!) { stageCustomerFile(input: $input) { id } }'
  const input = { kind: 'PERSON', displayName: 'Li' }
  const { id: customerId } = (await svc.as('admin').mutate(CREATE, { input })).createCustomer
  const staged = svc.as('admin').mutate(STAGE, { input: { customerId, name: 'a', bytes: 1 } })
  expect(await outcome(staged)).toBe('CONFLICT files.off')
  expect((await fetch(`${svc.publicUrl}/files/profiles/a.b`)).status).toBe(404)
})
