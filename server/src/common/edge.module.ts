import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { DashboardPage } from './dashboard-page';
import { ErrorFilter } from './error.filter';
import { PageInterceptor } from './pagination';
import { RouteTable } from './route-table';
import { ScopeGuard } from './scope.guard';
import { createValidationPipe } from './validation.pipe';

/** What every route has around it. */
@Module({
  providers: [
    DashboardPage,
    RouteTable,
    { provide: APP_FILTER, useClass: ErrorFilter },
    { provide: APP_GUARD, useClass: ScopeGuard },
    { provide: APP_INTERCEPTOR, useClass: PageInterceptor },
    { provide: APP_PIPE, useFactory: createValidationPipe },
  ],
  exports: [DashboardPage, RouteTable],
})
export class EdgeModule {}
