import { buildSubgraphSchema } from '@apollo/subgraph'
import type { Subgraph, SubgraphResponse } from '@clientele/kit'
import { graphql, parse } from 'graphql'
import { textOf } from '../fixture/executor/data-text.js'
import type { AuditedSubgraph } from './audit.js'
import type { Requests } from './requests.js'

/** A subgraph of a kind, by its resolvers. What it is asked has to be valid in its own schema. */
export function inMemory({ name, sdl, resolvers, spoil, isDown }: AuditedSubgraph, requests: Requests): Subgraph {
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }])
  return {
    name,
    async execute({ query, variables, operationName, headers, acceptsText, isSpeculative }): Promise<SubgraphResponse> {
      const { state, asked, isHot } = requests.of(headers)
      if (isSpeculative && !isHot) return { errors: [{ message: 'Nothing is fetched speculatively here.' }] }
      if (isDown) throw new Error('connect ECONNREFUSED')
      asked.fetches[name] = (asked.fetches[name] ?? 0) + 1
      if (isSpeculative) asked.speculative++

      const { data, errors } = await graphql({
        schema,
        source: query,
        contextValue: state,
        ...(variables && { variableValues: variables }),
        ...(operationName && { operationName }),
      })
      // As between processes: nothing is shared with the gateway.
      const plain = JSON.parse(JSON.stringify({ data, errors }))
      if (spoil && plain.data) return { ...plain, data: spoil(plain.data) }
      const text = isHot && acceptsText ? textOf(plain) : undefined
      if (text) asked.texts++
      return text ? { text } : plain
    },
  }
}
