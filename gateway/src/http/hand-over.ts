import type { CompiledGateway } from '../executor/compiled-gateway.js'
import type { Answer } from '../executor/executor.js'
import type { RequestScope } from '../subgraphs/subgraph-client.js'

/** What came of an operation that has run without Apollo Server, where an answer has to be made of it. Throws what its execution threw. */
export type Executed = () => Exclude<Answer, { text: string }>

/** The scope of a request in Apollo Server. */
export interface ServedScope extends RequestScope {
  /** Where the operation has run already, so that it does not run again. */
  executed?: Executed
}

/** The gateway for Apollo Server, which gets what has run already as if it ran now: so an error has one form, whoever ran into it. */
export function withHandOver(gateway: CompiledGateway): CompiledGateway {
  return {
    ...gateway,
    async load(options) {
      const { executor } = await gateway.load(options)
      return {
        executor:
          executor &&
          (async (context) => {
            const { executed } = context.context as ServedScope
            return executed ? executed() : executor(context)
          }),
      }
    },
  }
}
