import { Global, Module } from '@nestjs/common';
import { HostFiles } from '../ports/host-files.port';
import { LocalHostFiles } from './local-host-files';

/** The same in every profile: files to scan lie on the machine that runs the server. */
@Global()
@Module({ providers: [{ provide: HostFiles, useClass: LocalHostFiles }], exports: [HostFiles] })
export class HostFilesModule {}
