import { Global, Module } from '@nestjs/common';
import { HostFiles } from '../ports/host-files.port';
import { PagePrinter } from '../ports/page-printer.port';
import { BrowserPagePrinter } from './browser-page-printer';
import { LocalHostFiles } from './local-host-files';

/** The same in every profile: files to scan, and the browser that prints, are on the machine that runs the server. */
@Global()
@Module({
  providers: [
    { provide: HostFiles, useClass: LocalHostFiles },
    { provide: PagePrinter, useClass: BrowserPagePrinter },
  ],
  exports: [HostFiles, PagePrinter],
})
export class HostFilesModule {}
