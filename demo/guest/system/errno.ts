/** What the guest's kernel says when it refuses, in the words of strerror. */
export const ERRNO_TEXT = {
  EPERM: 'Operation not permitted',
  ENOENT: 'No such file or directory',
  ESRCH: 'No such process',
  EBADF: 'Bad file descriptor',
  EACCES: 'Permission denied',
  EEXIST: 'File exists',
  ENOTDIR: 'Not a directory',
  EISDIR: 'Is a directory',
  EINVAL: 'Invalid argument',
  ENOSPC: 'No space left on device',
  EROFS: 'Read-only file system',
  ENOEXEC: 'Exec format error',
  ENOTEMPTY: 'Directory not empty',
  ELOOP: 'Too many levels of symbolic links',
  EAGAIN: 'Resource temporarily unavailable',
  EFBIG: 'File too large',
  ENAMETOOLONG: 'File name too long',
} as const

export type Errno = keyof typeof ERRNO_TEXT

/** A refusal by the guest's kernel; its message is strerror's text. */
export interface SystemError extends Error {
  errno: Errno
}

export function systemError(errno: Errno): SystemError {
  return Object.assign(new Error(ERRNO_TEXT[errno]), { errno })
}

export function isSystemError(error: unknown): error is SystemError {
  return (
    error instanceof Error && 'errno' in error && typeof error.errno === 'string' && error.errno in ERRNO_TEXT
  )
}

/** strerror's text of a refusal; anything else is a fault of this program and is thrown on. */
export function reasonOf(error: unknown): string {
  if (isSystemError(error)) return error.message
  throw error
}
