import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import type { FindingCommentBody } from '@securescan/contracts';
import { ApiErrors, ApiPage, Summary } from '../../common/api-documentation';
import type { Page } from '../../common/pagination';
import { RequireScope } from '../../common/scope.decorator';
import type { Actor, Caller } from '../auth/caller';
import { CurrentActor, CurrentCaller } from '../auth/current-actor.decorator';
import { CommentCommands } from './comment-commands.service';
import {
  CommentIdDto,
  CommentListQueryDto,
  FindingCommentDto,
  FindingCommentRequestDto,
} from './dto/finding-comment.dto';
import { FingerprintDto } from './dto/finding-state.dto';
import { CommentsService } from './finding-comments.service';

@ApiTags('triage')
@Controller('api/v1/findings')
export class FindingCommentsController {
  constructor(
    private readonly comments: CommentsService,
    private readonly commands: CommentCommands,
  ) {}

  @Summary('What people say about a finding, oldest first')
  @Get(':fingerprint/comments')
  @RequireScope('read')
  @ApiPage(FindingCommentDto)
  @ApiErrors(404)
  list(
    @Param() { fingerprint }: FingerprintDto,
    @Query() query: CommentListQueryDto,
  ): Promise<Page<FindingCommentBody>> {
    return this.comments.page(fingerprint, query);
  }

  @Summary('Says something about a finding')
  @Post(':fingerprint/comments')
  @HttpCode(201)
  @RequireScope('write')
  @ApiCreatedResponse({ type: FindingCommentDto })
  @ApiErrors(404)
  create(
    @Param() { fingerprint }: FingerprintDto,
    @Body() request: FindingCommentRequestDto,
    @CurrentActor() actor: Actor,
  ): Promise<FindingCommentBody> {
    return this.commands.create(fingerprint, request, actor);
  }

  @Summary("Deletes a comment: one of the caller's own, or with admin any")
  @Delete(':fingerprint/comments/:id')
  @HttpCode(204)
  @RequireScope('write')
  @ApiNoContentResponse()
  @ApiErrors(404)
  delete(
    @Param() { fingerprint, id }: CommentIdDto,
    @CurrentActor() actor: Actor,
    @CurrentCaller() { scopes }: Caller,
  ): Promise<void> {
    return this.commands.delete(fingerprint, id, { actor, scopes });
  }
}
