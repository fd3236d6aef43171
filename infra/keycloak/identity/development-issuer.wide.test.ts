import { testIdentity } from './conformance.js'
import { startDevelopmentIssuer } from './identity.js'

await testIdentity(await startDevelopmentIssuer())
