import { demoUsers } from '@clientele/embedded'
import type { UnderTest } from './under-test.js'

const READ = 'query ($id: ID!) { staffMember(id: $id) { name email territories active source } }'
const LIST = '{ staff(first: 100) { nodes { subject name territories active } } }'

/** What the platform learns of the people who may sign in. */
export function testStaff({ profiles, signIn }: UnderTest): void {
  test('the staff are the people of the organization, with the territories of their groups', async () => {
    const token = (await signIn('admin')).access_token
    const read = async (name: string) => {
      const id = demoUsers.find((user) => user.name === name)?.subject
      const { data, errors } = await profiles.ask(token, READ, { id })
      return data?.staffMember ?? errors?.[0]?.extensions?.reason
    }
    const known = { email: 'sales-cn@acme.example', territories: ['apac/cn/华东'], active: true, source: 'DIRECTORY' }
    expect(await read('sales-cn')).toEqual({ name: '陈晓雨', ...known })
    expect(await read('globex-sales')).toBe('staff.unknown')

    await profiles.syncStaff()
    const { data } = await profiles.ask(token, LIST)
    const { nodes } = (data as { staff: { nodes: { subject: string; territories: string[] }[] } }).staff
    const expected = demoUsers
      .filter(({ tenant }) => tenant === 'acme')
      .map(({ subject, displayName: name, territories }) => {
        return { subject, name, territories: territories.map((path) => path || '*'), active: true }
      })
    const bySubject = <T extends { subject: string }>(all: T[]) =>
      all.toSorted((a, b) => (a.subject < b.subject ? -1 : 1))
    // Groups have no order.
    const sorted = nodes.map((node) => ({ ...node, territories: node.territories.toSorted() }))
    expect(bySubject(sorted)).toEqual(bySubject(expected))
  })
}
