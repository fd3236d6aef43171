import sharp from 'sharp'
import { makeThumbnail } from './make-thumbnail.js'

const place = {
  GPSLatitude: '31/1 13/1 49/1',
  GPSLatitudeRef: 'N',
  GPSLongitude: '121/1 28/1 25/1',
  GPSLongitudeRef: 'E',
}
/** What a telephone takes: 1200 × 800 lying on its side, with the place where it was taken. */
const aPhoto = () =>
  sharp({ create: { width: 1_200, height: 800, channels: 3, background: '#c04020' } })
    .withExif({ IFD0: { Make: 'Telephone' }, IFD3: place })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()

const imageOf = async (bytes: Buffer) => {
  const made = await makeThumbnail(bytes)
  if (!('image' in made)) throw new Error(made.fault)
  return made.image
}

test('a photo becomes small and upright, and says neither where nor with what it was taken', async () => {
  const photo = await aPhoto()
  const before = await sharp(photo).metadata()
  expect([before.orientation, before.exif?.includes('Telephone')]).toEqual([6, true])
  // The tag of the GPS directory.
  expect(before.exif?.includes(Buffer.from([0x25, 0x88])) || before.exif?.includes(Buffer.from([0x88, 0x25]))).toBe(
    true,
  )
  const image = await imageOf(photo)
  const { format, width, height, exif, xmp, iptc, icc, orientation } = await sharp(image).metadata()
  expect({ format, width, height }).toEqual({ format: 'webp', width: 171, height: 256 })
  expect([exif, xmp, iptc, icc, orientation]).toEqual([undefined, undefined, undefined, undefined, undefined])
  expect(image.includes('EXIF')).toBe(false)
})

test.each(['png', 'webp', 'gif', 'avif', 'tiff'] as const)(
  '%s is read too; what is small stays as it is',
  async (format) => {
    const bytes = await sharp({ create: { width: 40, height: 20, channels: 4, background: '#00800080' } })
      .toFormat(format)
      .toBuffer()
    expect(await sharp(await imageOf(bytes)).metadata()).toMatchObject({ format: 'webp', width: 40, height: 20 })
  },
)

test('what is cut off, or no image, is unreadable', async () => {
  const photo = await aPhoto()
  expect(await makeThumbnail(photo.subarray(0, photo.length / 2))).toEqual({ fault: 'UNREADABLE' })
  expect(await makeThumbnail(Buffer.concat([photo.subarray(0, 20), Buffer.from('none')]))).toEqual({
    fault: 'UNREADABLE',
  })
})

test('an image that says it has more pixels than any camera takes is not unfolded', async () => {
  const bomb = await sharp({ create: { width: 15_000, height: 7_000, channels: 3, background: 'white' } })
    .png()
    .toBuffer()
  expect(await makeThumbnail(bomb)).toEqual({ fault: 'TOO_LARGE' })
})
