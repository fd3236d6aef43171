import type { ApolloGateway } from '@apollo/gateway'
import { GraphQLError } from 'graphql'
import type { RequestScope } from '../../subgraphs/subgraph-client.js'
import type { Program } from '../prepared-operation.js'
import { Text, textOf } from '../text/text.js'
import type { Json, Run } from './run-state.js'

export type Result = Awaited<ReturnType<ApolloGateway['executor']>>

/** The whole answer as JSON text where nothing went wrong, otherwise its parts. */
export type Answer = { text: string } | Result

/** Answers one request with objects, for Apollo Server. */
export const execute = (program: Program, variables: Json, scope: RequestScope): Promise<Result> =>
  perform(program, newRun(variables, scope, false)) as Promise<Result>

/** Answers one request with as much of the subgraphs' texts as possible. */
export async function answer(program: Program, variables: Json, scope: RequestScope): Promise<Answer> {
  const result = await perform(program, newRun(variables, scope, true))
  const { data, errors, extensions } = result
  if (!errors && !extensions) return { text: `{"data":${textOf(data)}}` }
  return data instanceof Text ? { ...result, data: JSON.parse(data.text) } : { ...result, data }
}

const newRun = (variables: Json, scope: RequestScope, acceptsText: boolean): Run => ({
  variables,
  scope,
  data: {},
  errors: [],
  acceptsText,
  speculative: new Map(),
})

interface Outcome {
  data?: Json | Text | null
  errors?: readonly GraphQLError[]
  extensions?: Json
}

async function perform({ fetch, shape }: Program, run: Run): Promise<Outcome> {
  await fetch(run)
  try {
    const { data, faults } = shape(run.data)
    if (run.errors.length > 0) return { data, errors: run.errors }
    // As the stock executor has it: without another error, what breaks the schema is told aside.
    return faults.length > 0 ? { data, extensions: { valueCompletion: faults } } : { data }
  } catch (cause) {
    return { errors: [new GraphQLError((cause as Error).message, { originalError: cause as Error })] }
  }
}
