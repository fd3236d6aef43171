import { testIdentity } from './conformance.js'
import { startDevelopmentIssuer } from './identity.js'

// In Jest's sandbox Node's own gives objects of another realm, which the provider does not take for plain ones.
globalThis.structuredClone = (value) => JSON.parse(JSON.stringify(value))

await testIdentity(await startDevelopmentIssuer())
