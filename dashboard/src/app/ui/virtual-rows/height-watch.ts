import {
  Directive,
  ElementRef,
  type OnDestroy,
  afterNextRender,
  inject,
  output,
} from '@angular/core';

/** Tells how high an element is, in whole pixels, at first and whenever that changes. */
@Directive({ selector: '[appHeightWatch]' })
export class HeightWatch implements OnDestroy {
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private observer: ResizeObserver | null = null;

  readonly appHeightWatch = output<number>();

  constructor() {
    afterNextRender(() => {
      this.observer = new ResizeObserver(() => {
        this.appHeightWatch.emit(Math.ceil(this.element.getBoundingClientRect().height));
      });
      this.observer.observe(this.element);
    });
  }

  ngOnDestroy(): void {
    this.observer?.disconnect();
  }
}
