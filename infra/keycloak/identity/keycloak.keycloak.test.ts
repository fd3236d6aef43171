import { testIdentity } from './conformance.js'
import { startRealKeycloak } from './identity.js'
import { testKeycloakConnect } from './keycloak-connect.js'

const identity = await startRealKeycloak()

testKeycloakConnect(identity)
await testIdentity(identity)
