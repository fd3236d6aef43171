import { testAccess } from './access.js'
import { testClients } from './clients.js'
import { testCommandLine } from './command-line.js'
import { testDiscovery } from './discovery.js'
import type { Identity } from './identity.js'
import { testKeyChange } from './key-change.js'
import { testSessions } from './sessions.js'
import { testSigningIn } from './signing-in.js'
import { testStaff } from './staff.js'
import { testTokenClaims } from './token-claims.js'
import { putUnderTest } from './under-test.js'

/** What Clientele needs of an issuer, as tests of the file that calls this: the development issuer and Keycloak pass the same. Stops the issuer at the end. */
export async function testIdentity(identity: Identity): Promise<void> {
  const underTest = await putUnderTest(identity)
  testDiscovery(underTest)
  testSigningIn(underTest)
  testTokenClaims(underTest)
  testClients(underTest)
  testSessions(underTest)
  testCommandLine(underTest)
  testKeyChange(underTest)
  testAccess(underTest)
  testStaff(underTest)
}
