import type { ThumbnailFault } from '@clientele/contracts'

const edge = 256
/** What a camera of 100 megapixels takes: an image that says more would take a gigabyte to unfold. */
const mostPixels = 100_000_000
const mostSeconds = 20

/** Images that are read; of HEIC the library's licence leaves the decoder out. */
const readable = new Set([
  'image/jpeg',
  'image/png',
  'image/apng',
  'image/webp',
  'image/gif',
  'image/avif',
  'image/tiff',
])

export const isReadableImage = (mediaType: string | null) => mediaType !== null && readable.has(mediaType)

export const thumbnailType = 'image/webp'

/** The image within 256 pixels, upright, as WebP, with nothing of what the original says beside its pixels: no place, no time, no camera. */
export const makeThumbnail = async (bytes: Buffer): Promise<{ image: Buffer } | { fault: ThumbnailFault }> => {
  // It takes memory that nobody needs who has no images.
  const { default: sharp } = await import('sharp')
  sharp.cache(false)
  sharp.concurrency(1)
  try {
    const image = await sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error' })
      .autoOrient()
      .resize(edge, edge, { fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 75 })
      .timeout({ seconds: mostSeconds })
      .toBuffer()
    return { image }
  } catch (error) {
    return { fault: /pixel limit/i.test((error as Error).message) ? 'TOO_LARGE' : 'UNREADABLE' }
  }
}
