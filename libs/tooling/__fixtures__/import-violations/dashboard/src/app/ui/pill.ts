import '../core/api/client';
