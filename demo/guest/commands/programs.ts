import { bash, sh } from '../shell/sh.ts'
import { print, type Program } from '../system/process.ts'
import { getprop, pm } from './android.ts'
import { awk } from './awk.ts'
import { cat, tac } from './cat.ts'
import { cp } from './copy-files.ts'
import { chmod, chown } from './file-owner.ts'
import { mkdir, rmdir } from './make-directories.ts'
import { ln, mktemp, touch } from './make-files.ts'
import { mv } from './move-files.ts'
import { rm } from './remove-files.ts'
import { md5sum, sha1sum, sha256sum, sha512sum } from './checksum.ts'
import { cmp, diff } from './compare.ts'
import { date } from './date.ts'
import { df, du, free, mount } from './disk.ts'
import { echo } from './echo.ts'
import { expr } from './expr.ts'
import { find } from './find.ts'
import { egrep, fgrep, grep } from './grep.ts'
import { head, tail } from './head-tail.ts'
import { arch, groups, hostname, hostnamectl, id, nproc, tty, uname, whoami } from './identity.ts'
import { kill } from './kill.ts'
import { ls } from './ls.ts'
import { curl, ip, ping, ss } from './network.ts'
import { basename, dirname, file, pwd, readlink, realpath, stat, which } from './paths.ts'
import { pgrep, pidof, pkill, ps, top, uptime } from './processes.ts'
import { printf } from './printf.ts'
import { env, nice, nohup, printenv, setsid, stdbuf, sudo, time, timeout, xargs } from './run-others.ts'
import { script } from './script.ts'
import { sed } from './sed.ts'
import { dmesg, journalctl, systemctl } from './services.ts'
import { sort, uniq } from './sort.ts'
import { clear, stty } from './stty.ts'
import { base64, seq, sleep, tee, wc, yes } from './streams.ts'
import { tar } from './tar.ts'
import { bracket, test } from './test.ts'
import { cut, nl, paste, rev, tr } from './text-columns.ts'

const succeed: Program = () => Promise.resolve(0)

/** A service that somebody starts by hand: it says where it already runs. */
const agent: Program = async (process) => {
  await print(process, 'agent 1.14.2\n')
  return 0
}

const ALL: Record<string, Program> = {
  '[': (process, args) => bracket(process, args),
  agent,
  arch,
  awk,
  base64,
  basename,
  bash,
  cat,
  chgrp: chown,
  chmod,
  chown,
  'cocoon-agent': agent,
  clear,
  cmp,
  cp,
  curl,
  cut,
  dash: sh,
  date,
  df,
  diff,
  dirname,
  dmesg,
  du,
  echo: (process, args) => echo(process, args),
  egrep,
  env,
  expr,
  false: () => Promise.resolve(1),
  fgrep,
  file,
  find,
  free,
  gawk: awk,
  getprop,
  grep,
  groups,
  head,
  hostname,
  hostnamectl,
  id,
  ip,
  journalctl,
  kill: (process, args) => kill(process, args),
  killall: pkill,
  ln,
  ls,
  mawk: awk,
  md5sum,
  mkdir,
  mktemp,
  mount,
  mv,
  netstat: ss,
  nice,
  nl,
  nohup,
  nproc,
  paste,
  pgrep,
  pidof,
  ping,
  pkill,
  pm,
  printenv,
  printf,
  ps,
  pwd,
  readlink,
  realpath,
  rev,
  rm,
  rmdir,
  script,
  sed,
  seq,
  setsid,
  sh,
  sha1sum,
  sha256sum,
  sha512sum,
  sleep,
  sort,
  ss,
  stat,
  stdbuf,
  stty,
  sudo,
  sync: succeed,
  systemctl,
  tac,
  tail,
  tar,
  tee,
  test: (process, args) => test(process, args),
  time,
  timeout,
  top,
  touch,
  tr,
  true: succeed,
  tty,
  uname,
  uniq,
  uptime,
  wc,
  which,
  whoami,
  xargs,
  yes,
}

/** Every program that a guest has, by the name of its file. */
export const PROGRAMS: ReadonlyMap<string, Program> = new Map(Object.entries(ALL))
