export { type GatewayConfig, readEdge } from './config.js'
export { type Gateway, type GatewayOptions, startGateway } from './gateway.js'
export { defaultLimits, type Limits } from './limits/limits.js'
export { committedSupergraph } from './supergraph/committed-supergraph.js'
