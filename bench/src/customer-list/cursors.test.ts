import type { Ask } from '../comparison/comparison.js'
import { cursorsOf } from './cursors.js'

/** A gateway with three pages of each tenant; a cursor says whose it is. */
const ask: Ask = async ({ tenant }, _query, variables) => {
  const { after } = variables as { after: string | null }
  const page = after === null ? 1 : Number(after.split(' ')[1]) + 1
  const nodes = page > 3 ? [] : [{ number: `C-${page}50` }, { number: `C-${page}99` }]
  return { customers: { nodes, pageInfo: { endCursor: `${tenant} ${page}` } } }
}

const at = (tenant: string, subject: string | null) => ({ tenant, subject, token: '' })

test('each request gets the cursor of its own tenant at its place', async () => {
  const requests = [at('a', 'C-299'), at('b', 'C-299'), at('a', null), at('a', 'C-199'), at('b', 'C-399')]
  expect(await cursorsOf(requests, ask)).toEqual(['a 2', 'b 2', null, 'a 1', 'b 3'])
})

test('a place where no page ends is told', async () => {
  await expect(cursorsOf([at('a', 'C-250')], ask)).rejects.toThrow('no page of a ends with C-250')
})
