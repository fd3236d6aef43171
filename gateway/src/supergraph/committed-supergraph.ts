import { fileURLToPath } from 'node:url'

/** Where the generated supergraph lies in this package. */
export const committedSupergraph = fileURLToPath(new URL('../../supergraph.graphql', import.meta.url))
