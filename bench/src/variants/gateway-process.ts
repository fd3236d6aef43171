import { startGateway } from '@clientele/gateway'
import { createLog, createVerifier, httpSubgraph } from '@clientele/kit'
import { audience } from '../surroundings/backing.js'
import { serveParent } from '../surroundings/child.js'
import type { Reading } from './run-services.js'

/** What the parent tells the gateway. */
export interface GatewaySurroundings {
  issuer: string
  reading: Reading
  subgraphs: { name: string; url: string }[]
}

let close = async () => {}

/** The gateway alone, in front of services behind HTTP. */
const start = async ({ issuer, reading, subgraphs: addresses }: GatewaySurroundings) => {
  const log = createLog({ name: 'bench', level: 'error' })
  const subgraphs = addresses.map((address) => httpSubgraph({ ...address, log }))
  const verifier = createVerifier({ issuer, audience, log })
  const gateway = await startGateway({ config: { port: 0, executor: reading }, subgraphs, verifier, log })
  close = async () => {
    await gateway.stop()
    await Promise.all(subgraphs.map((subgraph) => subgraph.close()))
  }
  return { url: `${gateway.url}/graphql` }
}

serveParent(start, () => close())
