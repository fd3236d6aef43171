import type { ApolloGateway } from '@apollo/gateway'
import { variableErrors } from '@clientele/kit'
import type { Gateway } from './compiled-gateway.js'

/** The gateway with its own executor, which tells as ours does in which fields of the variables a fault is. */
export function stockGateway(stock: ApolloGateway): Gateway {
  return {
    onSchemaLoadOrUpdate: (callback) => stock.onSchemaLoadOrUpdate(callback),
    stop: () => stock.stop(),
    async load(options) {
      const { executor } = await stock.load(options)
      return {
        async executor(context) {
          const { operation, schema, request } = context
          const errors = operation && variableErrors(schema, operation, request.variables ?? {})
          return errors ? { errors } : executor(context)
        },
      }
    },
  }
}
