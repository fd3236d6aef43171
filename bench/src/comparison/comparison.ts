import type { Goal } from '../report/goals.js'
import type { Answer } from './answer.js'

/** What one request of a comparison asks about, and for whom. */
export interface ComparedRequest {
  tenant: string
  /** A token of the tenant's administrator. */
  token: string
  /** What it is about, in the words of the comparison. */
  subject: string | null
}

/** Asks a GraphQL server something else than what is measured, with the token of one of its requests. Gives the answer's data. */
export type Ask = (request: ComparedRequest, query: string, variables: object) => Promise<unknown>

/**
 * A query of the gateway that is held against one hand-written SQL statement and PostGraphile on the same data.
 * Its folder has both: `hand-written.sql` and `postgraphile.graphql`.
 */
export interface Comparison {
  name: string
  summary: string
  folder: URL
  /**
   * SQL files of `folder`, each with a statement that gives the members of the answer that one service has. Where all of them can
   * be asked at once they are `hand-written-apart`, which tells what the data of five databases costs by itself.
   */
  statementsApart?: readonly string[]
  /** File of the query at the gateway. */
  query: URL
  /** The field of the answer's data that holds the answer. */
  root: string
  /** A field that stands once in the query; under another alias it makes the query one that nobody has asked before. */
  aliased: string
  /** SQL on the copy that gives `tenant` and `subject` of all there is to ask, in no order that the data knows, the same in every run. */
  requests: string
  /** The parameters of the hand-written SQL. */
  parameters(request: ComparedRequest): readonly unknown[]
  /** The variables of PostGraphile's query. */
  postgraphile(request: ComparedRequest): object
  /** The variables of the gateway's query, one per request; what only the gateway knows, such as cursors, it can be asked for. */
  variables(requests: readonly ComparedRequest[], ask: Ask): Promise<readonly object[]>
  /** PostGraphile's answer in the shape of the gateway's. */
  fromPostGraphile(answer: Answer): Answer
  /** The parts of answers that must not all be empty, such as the rows of a page. */
  rows(answer: Answer): readonly Answer[]
  goals: readonly Goal[]
}
