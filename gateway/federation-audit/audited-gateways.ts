import { createLog } from '@clientele/kit'
import type { ExecutorName } from '../src/config.js'
import { defaultLimits } from '../src/limits/limits.js'
import { compose } from '../src/supergraph/compose.js'
import { openSupergraphVersion, type SupergraphVersion } from '../src/supergraph/supergraph-version.js'
import type { Case, Kind } from './audit.js'
import { inMemory } from './in-memory.js'
import { type Asked, createRequests } from './requests.js'
import { createWitness, type Runner } from './witness.js'

const limits = { ...defaultLimits, fetches: 1_000 }
const log = createLog({ name: 'audit', destination: { write() {} } })

export interface Told {
  data: unknown
  /** Each as its code and path, in order of their text. */
  errors: readonly string[]
  asked: Readonly<Asked>
}

/**
 * The ways to an answer: by Apollo's executor; by ours; and by ours with all that makes it fast, where subgraphs answer with text where
 * they may, also to speculative fetches. An operation is known, and goes past Apollo Server, once it was asked the second way.
 */
export type Way = 'stock' | 'compiled' | 'hot'

/** The supergraph of one kind, behind Apollo's executor and behind ours. */
export interface AuditedGateways {
  ask(way: Way, request: Case): Promise<Told>
  /** Who runs this where the compiled executor is on. */
  runnerOf(request: Case): Promise<Runner>
  close(): Promise<void>
}

export async function openGateways(kind: Kind): Promise<AuditedGateways> {
  const { sdl, errors } = compose(kind.subgraphs)
  if (!sdl) throw new Error(errors.join('\n'))
  const requests = createRequests(kind.state)
  const subgraphs = kind.subgraphs.map((each) => inMemory(each, requests))
  const open = (executor: ExecutorName, cachedOperations: number) =>
    openSupergraphVersion({
      sdl,
      subgraphs,
      subgraphTimeoutMs: 10_000,
      limits,
      suggestions: true,
      executor,
      cachedOperations,
      log,
    })
  const stock = await open('stock', 0)
  const compiled = await open('compiled', 1_000)
  const versions: Record<Way, SupergraphVersion> = { stock, compiled, hot: compiled }
  const witness = createWitness(sdl, subgraphs, log)

  return {
    async ask(way, { query, variables }) {
      const { scope, asked, end } = requests.begin(way === 'hot')
      const headers = { 'content-type': 'application/json' }
      const request = { method: 'POST', headers, search: '', body: { query, ...(variables && { variables }) } }
      const { text } = await versions[way].serve(request, scope)
      end()
      const { data = null, errors = [] }: Reply = JSON.parse(text)
      return { data, errors: errors.map(inShort).sort(), asked }
    },
    async runnerOf(request) {
      const { scope, end } = requests.begin()
      const runner = await witness.runnerOf(request, scope)
      end()
      return runner
    },
    async close() {
      await Promise.all([stock.close(), compiled.close()])
    },
  }
}

interface Reply {
  data?: unknown
  errors?: { path?: (string | number)[]; extensions?: { code?: string } }[]
}

const inShort = ({ path = [], extensions }: NonNullable<Reply['errors']>[number]) =>
  [extensions?.code, path.join('.')].filter(Boolean).join(' ')
