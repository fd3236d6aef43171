import { renew, revoke, type SignIn, signInByDevice } from '@clientele/cli/sign-in/sign-in'
import { DEMO_PASSWORD } from '@clientele/embedded'
import type { UnderTest } from './under-test.js'

/** How a person signs in at the command line, by a code that they confirm at a browser (RFC 8628). */
export function testCommandLine({ issuer, verifier, atBrowser }: UnderTest): void {
  /** Resolves with the sign-in; `decision` is the button that the person presses when they are asked. */
  const signIn = (user: string, decision: 'Yes' | 'No'): Promise<SignIn> =>
    atBrowser(async ({ page, fill }) => {
      let show: (address: string) => void = () => {}
      const shown = new Promise<string>((resolve) => {
        show = resolve
      })
      const signingIn = signInByDevice(issuer, (prompt) => show(prompt.page), AbortSignal.timeout(60_000))
      await page.goto(await Promise.race([shown, signingIn.then(() => '')]))
      const button = page.getByRole('button', { name: decision })
      const name = page.locator('input[name=username]:visible')
      // The development issuer asks for the decision before the password, Keycloak after it.
      await button.or(name).first().waitFor()
      if (await name.isVisible()) await fill(user, DEMO_PASSWORD)
      await button.click()
      if (decision === 'Yes' && (await Promise.race([name.waitFor().then(() => true), signingIn.then(() => false)]))) {
        await fill(user, DEMO_PASSWORD)
      }
      return signingIn
    })

  test('a person signs in at the command line, stays signed in by a refresh token, and signs out', async () => {
    const signedIn = await signIn('sales-cn', 'Yes')
    expect(await verifier.verify(signedIn.accessToken)).toMatchObject({
      kind: 'person',
      tenant: 'acme',
      roles: ['sales'],
    })
    expect(signedIn.expiresAt).toBeGreaterThan(Date.now())
    const renewed = await renew(signedIn)
    expect(await verifier.verify(renewed.accessToken)).toMatchObject({ tenant: 'acme', roles: ['sales'] })
    await expect(renew(signedIn)).rejects.toThrow('The sign-in has ended')
  })

  test('who has signed out at the command line stays out', async () => {
    const signedIn = await signIn('manager', 'Yes')
    await revoke(signedIn)
    await expect(renew(signedIn)).rejects.toThrow('The sign-in has ended')
  })

  test('who says no at the browser signs nobody in', async () => {
    await expect(signIn('sales', 'No')).rejects.toThrow('refused at the browser')
  })
}
