import { createHash, randomBytes } from 'node:crypto'
import { DEMO_PASSWORD } from '@clientele/embedded'
import type { Browser, Page } from 'playwright-core'
import type { Identity } from './identity.js'
import { discover, requestToken, type TokenAnswer } from './relying-party.js'

const CLIENT = 'clientele-console'

/** Where the application is told the code. */
export const signedInUrl = ({ consoleUrl }: Pick<Identity, 'consoleUrl'>) => `${consoleUrl}/signed-in`

/** The address at which a person starts to sign in; `changes` with an undefined value leave a parameter out. */
async function signInUrl(identity: Identity, verifier: string, changes: Record<string, string | undefined> = {}) {
  const url = new URL(String((await discover(identity.issuer)).authorization_endpoint))
  const parameters = {
    client_id: CLIENT,
    response_type: 'code',
    redirect_uri: signedInUrl(identity),
    scope: 'openid',
    state: 'here',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...changes,
  }
  for (const [name, value] of Object.entries(parameters)) if (value) url.searchParams.set(name, value)
  return url.href
}

/** A person at a browser of their own. `close` it. */
export async function openBrowser(chromium: Browser, identity: Identity) {
  const { issuer, consoleUrl } = identity
  const redirect = signedInUrl(identity)
  const context = await chromium.newContext({ locale: 'en-US' })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const verifier = randomBytes(32).toString('base64url')

  async function exchange(): Promise<TokenAnswer> {
    const code = new URL(page.url()).searchParams.get('code') ?? ''
    const form = { grant_type: 'authorization_code', client_id: CLIENT, redirect_uri: redirect, code }
    return requestToken(issuer, { ...form, code_verifier: verifier })
  }

  return {
    page,
    visit: async (changes = {}) => page.goto(await signInUrl(identity, verifier, changes)),
    fill: (name: string, password: string) => fillLogin(page, name, password),
    exchange,
    /** From the application to the login page and back, with tokens. */
    async signIn(name: string): Promise<TokenAnswer> {
      await page.goto(await signInUrl(identity, verifier))
      await fillLogin(page, name, DEMO_PASSWORD)
      await page.waitForURL(`${redirect}?**`)
      return exchange()
    },
    async signOut(idToken: string): Promise<void> {
      const url = new URL(String((await discover(issuer)).end_session_endpoint))
      url.searchParams.set('id_token_hint', idToken)
      url.searchParams.set('post_logout_redirect_uri', `${consoleUrl}/`)
      await page.goto(url.href)
      // The development issuer asks once more.
      if (!page.url().startsWith(consoleUrl)) await page.getByRole('button', { name: 'Sign out' }).click()
      await page.waitForURL(`${consoleUrl}/**`)
    },
    close: () => context.close(),
  }
}

/** Keycloak asks for the password on a page of its own where it knows organizations. */
async function fillLogin(page: Page, name: string, password: string): Promise<void> {
  const secret = page.locator('input[name=password]')
  const user = page.locator('input[name=username]:visible')
  if (await user.count()) await user.fill(name)
  if (!(await secret.count())) {
    await page.getByRole('button', { name: 'Sign In' }).click()
    await secret.waitFor()
  }
  await secret.fill(password)
  await page.getByRole('button', { name: 'Sign In' }).click()
}

/** A new access token for a refresh token. */
export function refresh(issuer: string, token: string | undefined): Promise<TokenAnswer> {
  return requestToken(issuer, { grant_type: 'refresh_token', client_id: CLIENT, refresh_token: token ?? '' })
}
