import { readFile } from 'node:fs/promises'
import { services } from '../services.js'
import { policyTables } from './policy-tables.js'

test('the tables that viewers are told from are those that the services enforce (npm run generate)', async () => {
  const committed = await readFile(new URL('../../../../services/profiles/policies.json', import.meta.url), 'utf8')
  expect(committed).toBe(policyTables(services))
})
