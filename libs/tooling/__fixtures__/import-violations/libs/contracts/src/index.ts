import '../../core/src/index';
