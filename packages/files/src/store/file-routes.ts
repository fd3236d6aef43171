import { type Context, linkHolder, NotFound, type Route, type RouteRequest } from '@clientele/kit'
import { type ByteRange, contentDisposition, tenantOfKey } from './file-store.js'
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
      holder,
      answer: async (ctx, request) => {
        const allowed = await claimsOf(ctx, request)
        if (!allowed || !('put' in allowed)) throw unknown()
        await (await folderOf(ctx))?.stage(allowed.put, allowed.bytes, request.body)
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
        if (!folder || !allowed || !('get' in allowed) || size === undefined) throw unknown()
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

const unknown = () => new NotFound('There is no such file.', { reason: 'file.unknown' })

/** The one range that a player or a resumed download asks for; undefined where all is to be sent. */
const rangeOf = (header: string | undefined, size: number): ByteRange | undefined => {
  const [, from = '', to = ''] = /^bytes=(\d+)-(\d*)$/.exec(header ?? '') ?? []
  const [first, last] = [Number(from), to ? Math.min(Number(to), size - 1) : size - 1]
  return from && first <= last ? { first, last } : undefined
}
