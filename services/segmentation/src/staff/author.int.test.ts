import { staffEntityId, staffRecorded } from '@clientele/contracts'
import { startForTest } from '@clientele/testkit'
import { aDefinition, aMember, CREATE } from '../../fixture/automations.js'
import { segmentation } from '../service.js'

const svc = await startForTest(segmentation)

test('who wrote an automation and who created it are told apart, of its versions as well', async () => {
  for (const sub of ['ada', 'mia']) await svc.deliver(staffRecorded, aMember(sub))
  await svc.drain()
  const by = (subject: string) => svc.as({ subject, roles: ['admin'], territories: [''] })
  const { id } = (await by('ada').mutate(CREATE, { input: { name: '回访', definition: aDefinition() } }))
    .createAutomation
  const UPDATE = 'mutation ($input: UpdateAutomationInput!) { updateAutomation(input: $input) { id } }'
  await by('mia').mutate(UPDATE, {
    input: { id, definition: aDefinition({ actions: [{ notify: { text: '请注意', to: { owner: true } } }] }) },
  })
  const [ada, mia] = [{ id: staffEntityId('ada') }, { id: staffEntityId('mia') }]
  for (const fields of ['id', 'id versions { number author { id } }']) {
    const document = `query ($id: ID!) { automation(id: $id) { ${fields} creator { id } author { id } } }`
    expect((await by('ada').query(document, { id })).automation).toMatchObject({ creator: ada, author: mia })
  }
  const VERSIONS = 'query ($id: ID!) { automation(id: $id) { versions { author { id } } } }'
  expect((await by('ada').query(VERSIONS, { id })).automation.versions).toEqual([{ author: mia }, { author: ada }])
})
