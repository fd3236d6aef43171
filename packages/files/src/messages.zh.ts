import type { Messages } from '@clientele/kit'

/** What is wrong with a file or its store, in Chinese. */
export const filesInChinese = {
  'file.unknown': '文件不存在，或链接已失效',
  'file.too_many': ({ most }: { most: number }) => `最多可附 ${most} 个文件`,
  'file.size': ({ bytes }: { bytes: number }) => `此链接只用于上传大小为 ${bytes} 字节的文件`,
  'file.not_uploaded': '文件尚未上传到其链接',
  'files.off': '此处没有配置文件存储',
  'files.scanner': '暂时无法访问病毒扫描服务，请稍后再试',
  'files.store': '暂时无法访问文件存储，请重试',
} satisfies Messages

type FileMessages = typeof filesInChinese

declare module '@clientele/kit' {
  interface Reasons extends FileMessages {}
}
