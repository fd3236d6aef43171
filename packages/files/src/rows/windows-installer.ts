/** The classes of Windows Installer: packages, patches and transforms (`msi.h`). */
const classes = ['84', '86', '82'].map((nth) => Buffer.from(`${nth}100c0000000000c000000000000046`, 'hex'))

const headerBytes = 76
const sectorShiftAt = 30
const directoryAt = 48
const classAt = 80

/**
 * Tells whether a compound file ([MS-CFB], which old documents are too) is for Windows Installer: by the class of its root, which is the first entry of
 * its directory, wherever that is in the file. Its bytes are handed to `read` in their order.
 */
export const readsInstaller = () => {
  let header = Buffer.alloc(0)
  let found = Buffer.alloc(0)
  let from: number | undefined
  let position = 0
  return {
    read: (chunk: Buffer) => {
      if (from === undefined) {
        header = Buffer.concat([header, chunk.subarray(0, headerBytes - header.length)])
        if (header.length === headerBytes) {
          const sector = 2 ** Math.min(header.readUInt16LE(sectorShiftAt), 12)
          from = (header.readUInt32LE(directoryAt) + 1) * sector + classAt
        }
      }
      if (from !== undefined && found.length < 16) {
        const start = from + found.length - position
        if (start >= 0) found = Buffer.concat([found, chunk.subarray(start, start + 16 - found.length)])
      }
      position += chunk.length
    },
    isOne: () => classes.some((one) => one.equals(found)),
  }
}
