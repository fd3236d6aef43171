import { staffEntityId, staffLeft, staffRecorded } from '@clientele/contracts'
import type { TestService } from './service.js'
import type { TestActor } from './tokens.js'

interface Creators {
  /** Who may create one of them. */
  role: string
  /** The mutation, its input's type, and an input of it. */
  mutation: string
  inputType: string
  input(): object
  /** The query of one by its id. */
  query: string
}

/** Tests that `creator` tells who created something of a service that keeps a replica of the staff, as its resolver and its reads tell it. */
export const testCreator = (svc: TestService, { role, mutation, inputType, input, query }: Creators) => {
  const fields = 'id createdBy creator { id }'
  const known: TestActor = { subject: '陈晓雨', roles: [role], territories: [''] }
  const id = staffEntityId('陈晓雨')
  const member = { ...staffRecorded.example, id, sub: '陈晓雨' }
  const create = async (actor: TestActor) =>
    (
      await svc.as(actor).mutate(`mutation ($input: ${inputType}!) { ${mutation}(input: $input) { ${fields} } }`, {
        input: input(),
      })
    )[mutation]
  const read = async (one: string, actor = known) =>
    (await svc.as(actor).query(`query ($id: ID!) { ${query}(id: $id) { ${fields} } }`, { id: one }))[query]

  test('who created something is a member of staff, also where they have left', async () => {
    await svc.deliver(staffRecorded, member)
    await svc.drain()
    const made = await create(known)
    expect(made).toMatchObject({ createdBy: '陈晓雨', creator: { id } })
    expect(await read(made.id)).toEqual(made)
    await svc.deliver(staffLeft, { ...member, version: member.version + 1, active: false })
    await svc.drain()
    expect(await read(made.id)).toEqual(made)
  })

  test('whoever is no member of staff, or one of another tenant, is null', async () => {
    const made = await create({ ...known, subject: 'from-outside' })
    expect(made).toMatchObject({ createdBy: 'from-outside', creator: null })
    expect(await read(made.id)).toEqual(made)
    const other = { ...known, tenant: 'globex' }
    const theirs = await create(other)
    expect(theirs).toMatchObject({ createdBy: '陈晓雨', creator: null })
    expect(await read(theirs.id, other)).toEqual(theirs)
  })
}
