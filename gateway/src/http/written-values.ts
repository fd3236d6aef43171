import type { ApolloServerPlugin } from '@apollo/server'
import { literalErrors } from '@clientele/kit'
import { GraphQLError } from 'graphql'

/** Has faults of values that are written in a document say where those are, as faults of variables do. */
export const placeWrittenValues: ApolloServerPlugin = {
  async requestDidStart() {
    return {
      async validationDidStart({ document }) {
        return async (errors) => {
          const faults = errors?.filter((error) => error instanceof GraphQLError) ?? []
          // Apollo Server tells its own errors, and takes no others in their place.
          for (const [at, { extensions }] of literalErrors(document, faults).entries())
            Object.assign(faults[at]?.extensions ?? {}, extensions)
        }
      },
    }
  },
}
