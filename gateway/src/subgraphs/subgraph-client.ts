import {
  currentTraceparent,
  type DataText,
  type Log,
  messageIn,
  SpanKind,
  type Subgraph,
  type SubgraphRequest,
  type SubgraphResponse,
  tracePart,
} from '@clientele/kit'
import type { GraphQLFormattedError } from 'graphql'
import { clientError } from '../http/client-error.js'
import { languageIn, translations } from '../http/tell-own.js'
import type { FetchOutcome, GatewayMetrics } from '../metrics/gateway-metrics.js'
import { hasPlace, isUsable, textIn } from './subgraph-response.js'

/** What came of a request: the code of the first error, and its reason where the gateway has refused the request. */
export interface Outcome {
  code: string
  refusedFor?: string | undefined
}

/** What travels with one client request to every subgraph it touches. */
export interface RequestScope {
  requestId: string
  /** Headers that subgraphs get, names in lower case. */
  headers: Record<string, string>
  /** What the request may cost at most. */
  budget: number
  /** Whether the answer's extensions shall tell what it cost. */
  tellCost: boolean
  /** Aborted when the client has gone; not given for mutations, which run to their end. */
  signal?: AbortSignal
  /** Filled where the answer has errors; Apollo Server copies the scope, but not what is in it. */
  outcome?: Outcome
  /** Resolves when a request that costs so much may go on: a heavy one waits for its turn. */
  weigh?: (cost: number) => Promise<void>
}

/** One operation for a subgraph. With `representations` among the variables it asks for entities. */
export interface SubgraphOperation {
  query: string
  operationName?: string | undefined
  variables: Record<string, unknown>
  /** Whether the answer may have `text` in the stead of `data`. */
  acceptsText?: boolean
}

export interface SubgraphAnswer {
  data: Record<string, unknown> | null
  /** The data as JSON texts; only for who accepts them, and never beside errors. */
  text?: DataText
  /** In the subgraph's own terms: `['customer']`, or `['_entities', 2, 'visits']`. */
  errors: readonly GraphQLFormattedError[]
}

const failures = {
  'subgraph.away': 'is not available',
  'subgraph.late': 'did not answer in time',
  'subgraph.unusable': 'gave no usable answer',
  'subgraph.other_version': 'is of another version, which does not know what is asked',
} as const

type Failure = keyof typeof failures

interface Sent {
  response: SubgraphResponse
  gaveUp: boolean
  outcome: FetchOutcome
}

const outcomeOf = ({ errors }: SubgraphResponse, gaveUp: boolean, isSpeculative: boolean): FetchOutcome => {
  if (gaveUp) return 'given_up'
  if (!errors?.length) return 'ok'
  return isSpeculative ? 'not_speculative' : 'errors'
}

/** A document that the gateway planned is right by its supergraph: a subgraph that refuses it has another schema. A value written in it has `fields`. */
const isOfDocument = ({ path, extensions: { code, reason, fields } = {} }: GraphQLFormattedError): boolean =>
  code === 'GRAPHQL_VALIDATION_FAILED' ||
  code === 'GRAPHQL_PARSE_FAILED' ||
  (reason === 'query.invalid' && !path && !fields)

/**
 * The gateway's one way to ask a subgraph, in process or over HTTP alike. It never throws. Whatever goes wrong is an error with a code of
 * the closed list and the path of each field it left empty.
 */
export class SubgraphClient {
  constructor(
    private readonly subgraph: Subgraph,
    private readonly timeoutMs: number,
    private readonly log: Log,
    private readonly observe?: GatewayMetrics['fetch'],
  ) {}

  /**
   * Asks, unless the response is there already, and tells an error that has no place once for each of the holes it leaves; they are looked
   * for only then.
   */
  async ask(
    operation: SubgraphOperation,
    scope: RequestScope,
    holes: () => readonly (readonly (string | number)[])[],
    ahead?: SubgraphResponse,
  ): Promise<SubgraphAnswer> {
    const { variables } = operation
    const response = ahead ?? (await this.fetch(operation, scope))
    const usable = isUsable(response, operation)
    const text = usable ? textIn(response, operation.acceptsText) : undefined
    if (text) return { data: null, text, errors: [] }
    if (!usable && !response.errors) this.tell('subgraph.unusable', scope)
    const faults = usable ? response.errors : (response.errors ?? [this.unavailable('subgraph.unusable', scope)])
    const data = usable ? (response.data ?? null) : null
    if (!faults?.length) return { data, errors: [] }

    let everywhere: ReturnType<typeof holes> | undefined
    const errors = faults.flatMap((fault) => {
      const error = this.forClient(fault, scope)
      if (hasPlace(fault.path, variables)) return [{ ...error, path: fault.path! }]
      everywhere ??= holes()
      return everywhere.length > 0 ? everywhere.map((path) => ({ ...error, path })) : [error]
    })
    return { data, errors }
  }

  /**
   * Fetches what may turn out not to be needed, which leaves no trace: a subgraph answers it by a plain read, or not at all. Undefined where the
   * fetch has to be made; a subgraph that takes too long is not waited for twice.
   */
  async speculate(operation: SubgraphOperation, scope: RequestScope): Promise<SubgraphResponse | undefined> {
    try {
      const { response, gaveUp } = await this.send(operation, scope, true)
      return gaveUp || (!response.errors?.length && isUsable(response, operation)) ? response : undefined
    } catch {
      return undefined
    }
  }

  private async fetch(operation: SubgraphOperation, scope: RequestScope): Promise<SubgraphResponse> {
    try {
      return (await this.send(operation, scope)).response
    } catch (cause) {
      this.log.error(
        { err: cause, subgraph: this.subgraph.name, requestId: scope.requestId },
        'subgraph transport threw',
      )
      return { errors: [this.unavailable('subgraph.away', scope)] }
    }
  }

  private send(operation: SubgraphOperation, scope: RequestScope, isSpeculative = false): Promise<Sent> {
    const traced = () => ({
      name: `fetch ${this.subgraph.name}`,
      kind: SpanKind.CLIENT,
      attributes: { 'clientele.subgraph': this.subgraph.name, 'clientele.speculative': isSpeculative },
    })
    return tracePart(traced, async (span) => {
      // Who is asked belongs to this fetch; otherwise all are asked with the same headers, which are read once.
      const headers = span ? { ...scope.headers, traceparent: currentTraceparent()! } : scope.headers
      const sent = await this.exchange(operation, scope, headers, isSpeculative)
      span?.setAttribute('clientele.outcome', sent.outcome)
      return sent
    })
  }

  private async exchange(
    { query, operationName, variables, acceptsText }: SubgraphOperation,
    scope: RequestScope,
    headers: RequestScope['headers'],
    isSpeculative: boolean,
  ): Promise<Sent> {
    const abort = new AbortController()
    const { promise: givenUp, resolve } = Promise.withResolvers<SubgraphResponse>()
    const giveUp = () => {
      abort.abort()
      resolve({ errors: [this.unavailable('subgraph.late', scope)] })
    }
    const timer = setTimeout(() => {
      this.tell('subgraph.late', scope)
      giveUp()
    }, this.timeoutMs)
    scope.signal?.addEventListener('abort', giveUp, { once: true })
    if (scope.signal?.aborted) giveUp()
    const began = performance.now()
    let outcome: FetchOutcome = 'away'
    try {
      const request: SubgraphRequest = { query, variables, headers, signal: abort.signal }
      if (operationName) request.operationName = operationName
      if (acceptsText) request.acceptsText = true
      if (isSpeculative) request.isSpeculative = true
      const response = await Promise.race([this.subgraph.execute(request), givenUp])
      outcome = outcomeOf(response, abort.signal.aborted, isSpeculative)
      return { response, gaveUp: abort.signal.aborted, outcome }
    } finally {
      this.observe?.(this.subgraph.name, outcome, (performance.now() - began) / 1_000)
      clearTimeout(timer)
      scope.signal?.removeEventListener('abort', giveUp)
    }
  }

  private tell(why: Failure, { requestId }: RequestScope): void {
    this.log.warn({ subgraph: this.subgraph.name, requestId, timeoutMs: this.timeoutMs }, `subgraph ${failures[why]}`)
  }

  private unavailable(reason: Failure, { headers }: RequestScope): GraphQLFormattedError {
    const { name: service } = this.subgraph
    const told = { reason, message: `The ${service} service ${failures[reason]}.`, params: { service } }
    return { message: messageIn(languageIn(headers), translations, told), extensions: { code: 'UNAVAILABLE', service } }
  }

  private forClient(fault: GraphQLFormattedError, scope: RequestScope): GraphQLFormattedError {
    const { requestId } = scope
    const { message, path, extensions } = fault
    if (isOfDocument(fault)) {
      this.log.error({ subgraph: this.subgraph.name, requestId, message }, 'subgraph does not know what was planned')
      return this.unavailable('subgraph.other_version', scope)
    }
    const error = clientError(fault, requestId)
    if (error.extensions?.code === 'INTERNAL') {
      this.log.error(
        { subgraph: this.subgraph.name, requestId, message, path, extensions },
        'subgraph answered with an error',
      )
    }
    return error
  }
}
