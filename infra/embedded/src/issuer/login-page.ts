import { DEMO_PASSWORD, demoUsers } from './demo-users.js'

/**
 * The page on which one signs in by name and password, or picks a demo user: every button posts that user's subject to the
 * page's own address. `refused` is the name that a wrong password came with.
 */
export function loginPage({ refused }: { refused?: string } = {}): string {
  const tenants = [...new Set(demoUsers.map((user) => user.tenant))]
  const groups = tenants.map((tenant) => {
    const buttons = demoUsers.filter((user) => user.tenant === tenant).map(button)
    return `<fieldset><legend>${escapeHtml(tenant)}</legend>${buttons.join('')}</fieldset>`
  })
  return page('Sign in', `${passwordForm(refused)}<form method="post">${groups.join('')}</form>`)
}

/** A page that says in one sentence what went wrong. */
export function messagePage(title: string, text: string): string {
  return page(title, `<p>${escapeHtml(text)}</p>`)
}

/** Asks whether to sign out; `form` is the provider's own, with the id `op.logoutForm`. */
export function logoutPage(form: string): string {
  return page('Sign out', `${form}<button form="op.logoutForm" name="logout" value="yes">Sign out</button>`)
}

/** Asks for the code that a command line shows; `form` is the provider's own, with the id `op.deviceInputForm`. */
export function deviceCodePage(form: string, isWrong: boolean): string {
  const alert = isWrong ? '<p role="alert">This code is not, or no longer, good.</p>' : ''
  const button = '<button form="op.deviceInputForm">Continue</button>'
  return page('Sign in at the command line', `<p>Enter the code that it shows.</p>${alert}${form}${button}`)
}

/** Asks whether the command line that shows `code` shall be signed in; `form` is the provider's own, with the id `op.deviceConfirmForm`. */
export function deviceConfirmPage(form: string, code: string): string {
  const question = `<p>Does your command line show the code <b>${escapeHtml(code)}</b>, and shall it act for you?</p>`
  const yes = '<button form="op.deviceConfirmForm">Yes</button>'
  const no = '<button form="op.deviceConfirmForm" name="abort" value="yes">No</button>'
  return page('Sign in at the command line', `${question}${form}${yes}${no}`)
}

function passwordForm(refused: string | undefined): string {
  const error = refused === undefined ? '' : '<p role="alert">Invalid username or password.</p>'
  return `<form method="post">${error}
<label>User name <input name="username" value="${escapeHtml(refused ?? '')}" autocomplete="username" required></label>
<label>Password <input name="password" type="password" autocomplete="current-password" required></label>
<button>Sign In</button></form>
<p>Or pick somebody; everybody's password is <code>${escapeHtml(DEMO_PASSWORD)}</code>.</p>`
}

function button(user: (typeof demoUsers)[number]): string {
  const details = [user.roles.join(', '), user.territories.filter(Boolean).join(', ')].filter(Boolean).join(' · ')
  return (
    `<button name="subject" value="${escapeHtml(user.subject)}"><b>${escapeHtml(user.name)}</b> ${escapeHtml(user.displayName)}` +
    `<small>${escapeHtml(details)}</small></button>`
  )
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)} · Clientele</title>
<style>
body { font: 16px/1.4 system-ui, sans-serif; max-width: 34rem; margin: 3rem auto; padding: 0 1rem; color-scheme: light dark }
fieldset { border: 1px solid #8886; border-radius: .5rem; margin: 0 0 1rem; padding: .5rem 1rem 1rem }
button, input { display: block; width: 100%; box-sizing: border-box; margin-top: .5rem; padding: .5rem .75rem; font: inherit; text-align: left }
button { cursor: pointer }
label { display: block; margin-top: .5rem }
[role=alert] { color: #c22 }
small { display: block; opacity: .7 }
</style></head>
<body><h1>${escapeHtml(title)}</h1><p>Development issuer of Clientele, for this machine only.</p>${body}</body></html>`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
}
