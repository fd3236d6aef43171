import { type Context, linkHolder, type Route, type RouteRequest } from '@clientele/kit'
import { type ByteRange, contentDisposition, noSuchFile, tenantOfKey } from './file-store.js'
import type { LocalFolder } from './local-folder.js'
import { fileStoreOf } from './store-settings.js'

/** Where links to a local folder lead: to put a file there, and to get one. A bucket's links lead to the bucket. */
export const fileRoutes = (service: string, most: { bytes: number }): Route[] => {
  const path = `/files/${service}/:token`
  const folderOf = async (ctx: Context): Promise<LocalFolder | undefined> => {
    // Where no store is set up, no link is good.
    const store = await fileStoreOf(service, ctx).catch(() => undefined)
    return store && 'open' in store ? (store as LocalFolder) : undefined
  }
  const claimsOf = async (ctx: Context, { token }: Pick<RouteRequest, 'token'>) =>
    (await folderOf(ctx))?.open(token, ctx.now())

  const holder: Route['holder'] = async (ctx, token) => {
    const allowed = await claimsOf(ctx, { token })
    return allowed && linkHolder(tenantOfKey('put' in allowed ? allowed.put : allowed.get), 'file')
  }

  return [
    {
      method: 'PUT',
      path,
      bodyBytes: most.bytes,
      longBody: true,
      holder,
      answer: async (ctx, request) => {
        const allowed = await claimsOf(ctx, request)
        if (!allowed || !('put' in allowed)) throw noSuchFile()
        // What has not arrived when its link ends is not taken any more: whoever sweeps then finds all of it.
        const over = AbortSignal.timeout(allowed.until - ctx.now().getTime())
        const signal = AbortSignal.any([request.signal, over])
        await (await folderOf(ctx))?.stage(allowed.put, allowed.bytes, { body: request.body, signal })
        return {}
      },
    },
    {
      method: 'GET',
      path,
      holder,
      answer: async (ctx, request) => {
        const allowed = await claimsOf(ctx, request)
        const folder = await folderOf(ctx)
        const size = allowed && 'get' in allowed ? await folder?.size(allowed.get) : undefined
        if (!folder || !allowed || !('get' in allowed) || size === undefined) throw noSuchFile()
        const range = rangeOf(request.headers.range, size)
        const { first, last } = range ?? { first: 0, last: size - 1 }
        return {
          status: range ? 206 : 200,
          headers: {
            'content-type': allowed.mediaType,
            'content-disposition': contentDisposition(allowed.name),
            'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
            'cross-origin-resource-policy': 'cross-origin',
            'accept-ranges': 'bytes',
            'content-length': String(last - first + 1),
            ...(range && { 'content-range': `bytes ${first}-${last}/${size}` }),
          },
          body: await folder.read(allowed.get, { first, last }),
        }
      },
    },
  ]
}

/** The one range that a player or a resumed download asks for; undefined where all is to be sent. */
const rangeOf = (header: string | undefined, size: number): ByteRange | undefined => {
  const [, from = '', to = ''] = /^bytes=(\d+)-(\d*)$/.exec(header ?? '') ?? []
  const [first, last] = [Number(from), to ? Math.min(Number(to), size - 1) : size - 1]
  return from && first <= last ? { first, last } : undefined
}
