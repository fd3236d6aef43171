import { readFile } from 'node:fs/promises'
import { services } from '@clientele/cli/services'
import { serviceRole } from '@clientele/contracts'
import { type Actor, roleNames } from '@clientele/kit'
import { type TestActor, until, withAccounts } from '@clientele/testkit'
import { buildClientSchema, type DocumentNode, getIntrospectionQuery, Kind, parse, print, visit } from 'graphql'
import type { Acceptance, Answer } from '../platform/platform.js'
import { tellStory } from '../platform/story.js'
import { expectationsOf } from './expectations.js'
import { type Findings, holdAgainst, noFindings } from './findings.js'
import { mutationOperation, queryOperations, type Samples } from './operations.js'
import { enrich } from './rich-story.js'

/** Costs that queries for every field there is stay below. */
export const matrixBudget = 100_000_000

/** Every role on every query, mutation and field, asked by `platform.request` and held against the tables of the policies. */
export const describeMatrix = async (platform: Acceptance, place?: Findings['place']) => {
  const { customerId, number } = await tellStory(platform)
  // Every list of ids is asked for this one, that of the staff too: nobody has it as their subject.
  platform.issuer.people.remove(customerId)
  const shownOnce = await enrich(platform, customerId, ['admin-of-own-tenant', 'analyst-of-own-tenant'])
  const expected = expectationsOf(services)
  const schema = buildClientSchema(await platform.ask('admin', getIntrospectionQuery()))
  const queries = Object.values(schema.getQueryType()!.getFields())
  const mutations = Object.values(schema.getMutationType()!.getFields())

  const scenes = [
    { name: 'own tenant', tenant: 'acme', territories: [''], unreached: false },
    { name: 'another territory', tenant: 'acme', territories: ['apac'], unreached: true },
    { name: 'no territory', tenant: 'acme', territories: [] as string[], unreached: true },
    { name: 'another tenant', tenant: 'globex', territories: [''], unreached: true },
  ]
  const isAccount = (role: string) => role.endsWith('_account')
  const limited = new Set(['manager', 'sales'])
  const cast = scenes.flatMap((scene) =>
    roleNames
      // Each service has an account of its own; nobody is all of them and none.
      .filter((role) => role !== serviceRole)
      .filter((role) => !isAccount(role) || scene.name === 'own tenant')
      .filter((role) => scene.tenant !== 'acme' || scene.territories.includes('') || limited.has(role))
      .map((role) => ({ scene, role, subject: `${role}-of-${scene.name.replaceAll(' ', '-')}` })),
  )
  const tokenOf = ({ scene: { tenant, territories }, role, subject }: (typeof cast)[number]): TestActor =>
    role === 'partner' ? { roles: [role], tenant, territories: [] } : { roles: [role], tenant, territories, subject }
  const actorOf = ({ scene: { tenant, territories }, role, subject }: (typeof cast)[number]): Actor => ({
    subject,
    roles: withAccounts([role]),
    tenant,
    territories,
    scopes: [],
    kind: role === 'partner' || isAccount(role) ? 'service' : 'person',
  })

  /** The id of an entity of each type, as the lists show them to an admin. */
  const idsByType = async (samples: Samples) => {
    const ids = new Map<string, string>()
    const collect = (node: unknown): void => {
      if (Array.isArray(node)) {
        for (const each of node) collect(each)
        return
      }
      if (!node || typeof node !== 'object') return
      const { __typename: type, id } = node as { __typename?: string; id?: string }
      if (type && id && !ids.has(type)) ids.set(type, id)
      for (const each of Object.values(node)) collect(each)
    }
    for (const field of queries) {
      for (const { query } of queryOperations(field, samples)) collect((await platform.request('admin', query)).data)
    }
    return ids
  }

  const values = { customerId, number, system: 'erp', externalId: 'C-77', text: '张伟', ids: customerId }
  const ids = await until(async () => {
    const found = await idsByType({ values, ids: new Map([['Customer', customerId]]) })
    return found.has('Segment') && found.has('SurveyResponse') && found
  })
  const samples: Samples = { values, ids }

  /** Asks everything that there is as each of these, and holds the answers against the tables. */
  const holdAll = async (findings: Findings, some: typeof cast) => {
    for (const who of some) {
      const as = (query: string): Promise<Answer> => platform.request(tokenOf(who), query)
      const hold = (field: string, answer: Answer) =>
        holdAgainst(
          findings,
          expected,
          actorOf(who),
          `${who.role} (${who.scene.name})`,
          field,
          answer,
          who.scene.unreached,
        )
      for (const query of queries) {
        if (expected.isPublic(query.name)) continue
        const operations = queryOperations(query, samples)
        for (const { field, query: text } of who.scene.tenant === 'acme' ? operations : operations.slice(0, 1)) {
          hold(field, await as(text))
        }
      }
    }
    for (const who of some.filter(({ scene }) => scene.name === 'own tenant')) {
      for (const mutation of mutations) {
        if (expected.isPublic(mutation.name)) continue
        const { field, query } = mutationOperation(mutation, { values: {}, ids: new Map() })
        const answer = await platform.request(tokenOf(who), query)
        holdAgainst(findings, expected, actorOf(who), who.role, field, answer, false)
      }
    }
    console.info(
      `permission matrix: ${queries.length} queries, ${mutations.length} mutations, ${some.length} actors: ` +
        `${findings.answers} answers, ${findings.fields} fields held against the tables`,
    )
    expect(findings.faults).toEqual([])
  }

  test('every query, mutation and field answers what the tables say, to every role in every tenant', async () => {
    const findings = noFindings(place)
    const admin = cast.find(({ role }) => role === 'admin')!
    for (const [field, shown] of Object.entries(shownOnce)) {
      holdAgainst(findings, expected, actorOf(admin), 'admin', field, { data: { [field]: shown } }, false)
    }
    await holdAll(
      findings,
      cast.filter(({ role }) => !isAccount(role)),
    )
    // A field that nobody ever saw with a value proves nothing by being null.
    expect(expected.hidable.filter((path) => !findings.seen.has(path))).toEqual([])
    expect(expected.hiddenFromSome.filter((path) => !findings.hidden.has(path))).toEqual([])
  })

  test.each(roleNames.filter((role) => isAccount(role) && role !== serviceRole))(
    'every query, mutation and field answers what the tables say to %s',
    (account) =>
      holdAll(
        noFindings(place),
        cast.filter(({ role }) => role === account),
      ),
  )

  test("the README's query answers each role what the tables say, and none more than an admin", async () => {
    const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8')
    const text = /```graphql\n(query Customer360[\s\S]*?)```/.exec(readme)?.[1] ?? ''
    const query = print(withTypenames(parse(text)))
    const findings = noFindings(place)
    const fields = new Map<string, string[]>()
    for (const who of cast.filter(({ scene }) => scene.name === 'own tenant')) {
      const answer = await platform.request(tokenOf(who), query, { id: customerId })
      holdAgainst(findings, expected, actorOf(who), `${who.role}'s 360°`, 'customer', answer, false)
      const shown = Object.entries(answer.data?.customer ?? {}).filter(([, value]) => value != null)
      fields.set(
        who.role,
        shown.map(([name]) => name),
      )
    }
    expect(findings.faults).toEqual([])
    for (const shown of fields.values()) expect(fields.get('admin')).toEqual(expect.arrayContaining(shown))
    expect(fields.get('analyst')).not.toContain('displayName')
    expect(fields.get('partner')).not.toContain('visits')
    expect(fields.get('sales')).toEqual(fields.get('admin'))
  })

  test('what is hidden is named', async () => {
    const query = `{ customer(id: "${customerId}") { displayName redactedFields person { birthDate familyName } } }`
    const ask = async (role: string) => (await platform.request(role, query)).data.customer
    expect((await ask('admin')).redactedFields).toEqual([])
    expect((await ask('sales')).redactedFields).toEqual(expect.arrayContaining(['person.birthDate']))
    expect(await ask('analyst')).toMatchObject({
      displayName: null,
      person: { birthDate: null, familyName: null },
      redactedFields: expect.arrayContaining(['displayName', 'person.familyName', 'person.birthDate']),
    })
  })
}

const withTypenames = (document: DocumentNode): DocumentNode =>
  visit(document, {
    SelectionSet: (set, _key, parent) => {
      if (!parent || Array.isArray(parent) || (parent as { kind: string }).kind === Kind.OPERATION_DEFINITION) return
      const typename = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } } as const
      return { ...set, selections: [typename, ...set.selections] }
    },
  })
