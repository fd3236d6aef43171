import type { ApolloServerPlugin, GraphQLRequestContext } from '@apollo/server'
import { type Log, statusOf } from '@clientele/kit'
import type { GraphQLFormattedError } from 'graphql'
import type { Outcome, RequestScope } from '../subgraphs/subgraph-client.js'
import { clientError, internalError } from './client-error.js'
import { tellOwn } from './tell-own.js'

/** Logs what nobody expected, gives each masked error the request id, and each answer without data a status that fits its code. */
export function errorPlugin(log: Log): ApolloServerPlugin<RequestScope> {
  return {
    async requestDidStart() {
      return {
        async didEncounterErrors({ errors, contextValue: { requestId }, request }) {
          for (const error of errors) {
            // The stock executor hands on what was thrown in it as it is, with no extensions.
            const told = 'toJSON' in error && clientError(error.toJSON())
            // An error with a request id was masked, and logged, where it came from a subgraph.
            if (told && (error.extensions.requestId || told.extensions?.code !== 'INTERNAL')) continue
            log.error({ err: error, requestId, operation: request.operationName }, 'request failed')
          }
        },
        async willSendResponse(context) {
          const { body, http } = context.response
          if (body?.kind !== 'single') return
          const result = body.singleResult
          const errors = [...(result.errors ?? []), ...brokenPromises(context, log)]
          if (errors.length === 0) return
          Object.assign(context.contextValue.outcome ?? {}, outcomeOf(errors[0]!, result.data === undefined))
          result.errors = errors.map((error) => withRequestId(error, context.contextValue.requestId))
          delete result.extensions?.valueCompletion
          if (result.extensions && Object.keys(result.extensions).length === 0) delete result.extensions
          if (result.data === undefined && (http.status ?? 500) >= 500)
            http.status = statusOf(errors[0]?.extensions?.code)
        },
      }
    },
  }
}

const outcomeOf = ({ extensions }: GraphQLFormattedError, isRefused: boolean): Outcome => ({
  code: String(extensions?.code ?? 'INTERNAL'),
  ...(isRefused && typeof extensions?.reason === 'string' && { refusedFor: extensions.reason }),
})

/** A null where the schema promises a value, and no subgraph said why: the gateway would hide it in `extensions`. */
function brokenPromises(context: GraphQLRequestContext<RequestScope>, log: Log): GraphQLFormattedError[] {
  const { body } = context.response
  const found = body?.kind === 'single' ? body.singleResult.extensions?.valueCompletion : undefined
  if (!Array.isArray(found)) return []
  return found.map(({ message, path }: { message: string; path?: (string | number)[] }) => {
    log.error({ requestId: context.contextValue.requestId, message, path }, 'a subgraph broke the schema')
    return { ...tellOwn(internalError(), context.contextValue.headers), ...(path && { path }) }
  })
}

function withRequestId(error: GraphQLFormattedError, requestId: string): GraphQLFormattedError {
  if (error.extensions?.code !== 'INTERNAL' || error.extensions.requestId) return error
  return { ...error, extensions: { ...error.extensions, requestId } }
}
