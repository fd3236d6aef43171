import { buildSubgraph, createTenantSessions, dataText, type Service } from '@clientele/kit'
import type { TestActor, TestService } from '@clientele/testkit'
import { type DocumentNode, parse, validate } from 'graphql'
import type { Reads } from '../src/reads/read.js'
import { createQueryCompiler } from '../src/requests/query-compiler.js'
import type { Generated } from './operations.js'
import type { Random } from './random.js'

export const now = new Date('2026-03-02T02:00:00.500Z')
export const seed = Number(process.env.CLIENTELE_SEED ?? 1)
const longest = Number(process.env.CLIENTELE_EQUALITY_MS ?? 6_000)

/** Who asks: of two tenants, with the whole tree, parts of it, and none. */
export const actors: TestActor[] = ['acme', 'globex'].flatMap((tenant) => [
  { roles: ['admin'], tenant, subject: 'root' },
  { roles: ['manager'], tenant, subject: 'ann', territories: ['emea/de', '华东'] },
  { roles: ['sales'], tenant, subject: 'bob', territories: ['emea'] },
  { roles: ['sales', 'analyst'], tenant, subject: 'ann', territories: [] },
  { roles: ['analyst'], tenant, subject: '王小明' },
])

/** A service with its reads compiled beside its ordinary executor; `planner` takes ways from PostgreSQL: `enable_nestloop=off`. */
export const compiledBeside = (svc: TestService, service: Service, reads: readonly Reads[], planner?: string) => {
  const { schema } = buildSubgraph(service)
  const url = new URL(svc.urls.url)
  if (planner) url.searchParams.set('options', `-c ${planner}`)
  const sessions = createTenantSessions(url.href)
  svc.defer(sessions.close)
  const reasons = new Map<string, number>()
  const unmapped = (reason: string) => void reasons.set(reason, 1 + (reasons.get(reason) ?? 0))
  const createModel = () => createQueryCompiler({ service, schema, orm: svc.database.orm, reads, sessions, unmapped })
  const model = createModel()
  const tokens = new Map<TestActor, Promise<string>>()
  const tokenOf = (actor: TestActor) => {
    const token = tokens.get(actor) ?? svc.issuer.token(actor)
    tokens.set(actor, token)
    return token
  }

  const documents = new Map<string, DocumentNode>()
  const known = (query: string) => {
    const document = parse(query)
    const [fault] = validate(schema, document)
    if (fault) throw new Error(`${fault.message}\n${query}`)
    documents.set(query, document)
    return document
  }

  /** The compiled answer's data; undefined where it is the ordinary resolvers' to give. */
  const compiled = async (actor: TestActor, { query, variables }: Generated, by = model) => {
    const document = documents.get(query) ?? known(query)
    const given = JSON.parse(JSON.stringify(variables))
    const verified = await svc.verifier.verify(await tokenOf(actor), {})
    const answer = await by.read({ document, variables: given }, verified, now)
    return answer && JSON.parse(dataText(answer))
  }
  const asked = new Map(actors.map((actor) => [actor, svc.as(actor)]))
  const ordinary = (actor: TestActor, { query, variables }: Generated) =>
    (asked.get(actor) ?? svc.as(actor)).request(query, variables)

  /** Passes where nothing is compiled, or the same as the ordinary resolvers say; answers with which of it was. */
  const compare = async (actor: TestActor, operation: Generated, by = model) => {
    const answer = await compiled(actor, operation, by)
    const { data, errors } = await ordinary(actor, operation)
    const told = { actor, operation }
    const ours = errors?.filter(({ extensions }) => extensions?.code === 'INTERNAL') ?? []
    expect({ told, ours }).toEqual({ told, ours: [] })
    if (!answer) return errors ? 'refused' : 'unmapped'
    expect({ told, errors, data: JSON.stringify(answer) }).toEqual({
      told,
      errors: undefined,
      data: JSON.stringify(data),
    })
    return 'equal'
  }

  /** Compares random operations for as long as there is time, and says how many. */
  const compareMany = async (random: Random, next: (tenant: string) => Generated) => {
    const counts = { equal: 0, unmapped: 0, refused: 0 }
    const start = Date.now()
    // How long it takes to have compared enough is the machine’s affair: only a hang ends it before.
    const isEnough = () => Date.now() > start + (counts.equal < 60 ? 300_000 : longest)
    while (!isEnough()) {
      const actor = random.one(actors)
      counts[await compare(actor, next(actor.tenant!))]++
    }
    console.info(
      `${svc.name}, seed ${seed}: ${JSON.stringify(counts)}, ${model.statements} statements\n${[...reasons].map(([reason, count]) => `  ${count} × ${reason}`).join('\n')}`,
    )
    return counts
  }

  /** How many statements these are compiled to, all of them compared: by a compiler that has none yet, since others are forgotten in time. */
  const statementsOf = async (actor: TestActor, operations: readonly Generated[]) => {
    const fresh = createModel()
    for (const operation of operations) expect(await compare(actor, operation, fresh)).toBe('equal')
    return fresh.statements
  }

  /** How many times as fast the compiled answers to these are: the median of five rounds, eight at a time. */
  const measure = async (actor: TestActor, operations: readonly Generated[], most = 80) => {
    const timeOf = async (read: (actor: TestActor, operation: Generated) => Promise<unknown>) => {
      const start = performance.now()
      const lane = async (first: number) => {
        for (let at = first; at < most; at += 8) await read(actor, operations[at % operations.length]!)
      }
      await Promise.all(Array.from({ length: 8 }, (_, at) => lane(at)))
      return (performance.now() - start) / most
    }
    const rounds: { ratio: number; text: string }[] = []
    for (let round = 0; round < 5; round++) {
      const [one, other] = [await timeOf(compiled), await timeOf(ordinary)]
      rounds.push({ ratio: other / one, text: `${one.toFixed(2)}/${other.toFixed(2)} ms` })
    }
    const median = rounds.toSorted((a, b) => a.ratio - b.ratio)[2]!
    console.info(
      `${svc.name}: ${median.ratio.toFixed(1)} times as fast, of ${rounds.map(({ text }) => text).join(', ')}`,
    )
  }
  return { measure, schema, sessions, model, compiled, ordinary, compare, compareMany, statementsOf }
}
