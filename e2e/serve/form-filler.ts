/** A browser, as far as pages of forms need one: it keeps cookies, follows redirects, and submits the first form of a page. */
export const formFiller = (start: string) => {
  const jar = new Map<string, string>()
  let at = start
  let html = ''

  const go = async (url: string, form?: Record<string, string>): Promise<void> => {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      jar.set(name, value)
    }
    at = url
    html = await response.text()
    const location = response.headers.get('location')
    if (location) await go(new URL(location, url).href)
  }

  return {
    open: () => go(start),
    /** Submits the first form with its hidden values and `values`. */
    submit: (values: Record<string, string> = {}) => {
      const [form = ''] = /<form[\s\S]*?<\/form>/.exec(html) ?? []
      const [, action = at] = /<form[^>]*action="([^"]+)"/.exec(form) ?? []
      const hidden = [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)]
      const given = Object.fromEntries(hidden.map(([, name, value]) => [name, value]))
      return go(new URL(action, at).href, { ...given, ...values })
    },
    text: () => html,
  }
}
